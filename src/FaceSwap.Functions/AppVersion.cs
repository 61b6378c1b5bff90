using System.Reflection;

namespace FaceSwap.Functions;

/// <summary>The version of the app, with the commit it was built from.</summary>
internal static class AppVersion
{
    public static string Text { get; } =
        typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
