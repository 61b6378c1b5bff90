using Microsoft.Azure.WebJobs.Host.Config;

namespace FaceSwap.LocalHost.Durable;

/// <summary>
/// Where the platform has the extension's management calls. This host does not serve them (the app hands out no such address),
/// but the extension's client binding asks for it.
/// </summary>
#pragma warning disable CS0618 // Not meant for apps; a host has to bring it.
internal sealed class ManagementAddress(int port) : IWebHookProvider
{
    public static void AddTo(IServiceCollection services, int port) => services.AddSingleton<IWebHookProvider>(new ManagementAddress(port));

    public Uri GetUrl(IExtensionConfigProvider extension) => new($"http://127.0.0.1:{port}/runtime/webhooks/durabletask");
}
#pragma warning restore CS0618
