using System.Security.Cryptography;
using FaceSwap.Testing.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The product in this process, over the emulator: for what no route lets a test bring about in time.</summary>
internal static class ProductHost
{
    public static IHost Build(AzuriteServer azurite, bool createContainer = true)
    {
        var container = azurite.NewContainerName();
        if (createContainer)
        {
            azurite.Container(container).Create();
        }

        var settings = RigSettings.For(azurite, container, new Uri("http://127.0.0.1:1/"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.AddFaceSwap();
        return builder.Build();
    }
}
