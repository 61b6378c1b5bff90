using FaceSwap.Functions;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The product in this process, over the emulator: for what no route lets a test bring about in time.</summary>
internal static class ProductHost
{
    /// <param name="azurite">Where its blobs lie.</param>
    /// <param name="backend">The backend; null where the test does without one.</param>
    /// <param name="createContainer">Whether its container is there.</param>
    /// <param name="time">Its clock; null for the system's.</param>
    /// <param name="settings">Named as environment variables, over those of <see cref="RigSettings"/>.</param>
    public static IHost Build(
        AzuriteServer azurite,
        ISimulator? backend = null,
        bool createContainer = true,
        TimeProvider? time = null,
        params (string Name, string Value)[] settings)
    {
        var container = azurite.NewContainerName();
        if (createContainer)
        {
            azurite.Container(container).Create();
        }

        var all = RigSettings.For(azurite.Shared, container, backend?.Address ?? new Uri("http://127.0.0.1:1/"), RigSettings.NewMasterKey(), settings);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        RigSettings.AddTo(builder.Configuration, all);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.AddFaceSwapApp();
        return builder.Build();
    }
}
