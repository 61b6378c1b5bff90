using System.Reflection;

namespace FaceSwap.Jobs;

/// <summary>The version of the app, with the commit it was built from.</summary>
public static class AppVersion
{
    public static string Text { get; } =
        typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
