using Azure.Identity;
using Azure.Storage.Blobs;
using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Jobs;
using FaceSwap.Keys;
using FaceSwap.Ledger;
using FaceSwap.Media;
using FaceSwap.NemoVideo;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Messages;
using FaceSwap.NemoVideo.Renders;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.NemoVideo.Transport;
using FaceSwap.Network;
using FaceSwap.Schedules;
using FaceSwap.Storage;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FaceSwap;

/// <summary>Registers the product; every host calls this one method.</summary>
public static class FaceSwapServices
{
    public static IHostApplicationBuilder AddFaceSwap(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddFaceSwapOptions(builder.Configuration);
        services.AddSingleton<MasterKey>();
        services.AddStorage();
        services.AddGuardedHttp();
        services.AddNemoVideo();

        services.AddSingleton<MediaLibrary>();
        services.AddSingleton<MediaStaging>();
        services.AddSingleton<MediaUploads>();
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<CallerLimits>();
        services.AddSingleton<JobDocuments>();
        services.AddSingleton<JobCancellations>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<JobIndex>();
        services.AddSingleton<BatchDocuments>();
        services.AddSingleton<InboxStore>();
        services.AddSingleton<BatchIndex>();
        services.AddSingleton<OldBatches>();
        services.AddSingleton<ScheduleDocuments>();
        services.AddSingleton<OldDocuments>();
        services.AddSingleton<SwapLedger>();
        services.AddHostedService<LedgerHousekeeping>();
        services.AddSingleton<UploadLedger>();
        services.AddSingleton<CreditReservations>();
        services.AddSingleton<SessionClaims>();
        services.AddSingleton<ReplyFollower>();
        services.AddSingleton<StreamSlots>();
        services.AddSingleton<PaidInstruction>();
        services.AddSingleton<ResendJudge>();
        services.AddSingleton<SpentCredits>();
        services.AddWebhooks();
        return builder;
    }

    private static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookRules>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddSingleton<DeliveryLog>();
        services.AddSingleton<DeliveryAttempts>();
    }

    private static void AddFaceSwapOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<MasterKeyOptions, MasterKeyOptionsValidator>(configuration);
        services.AddValidated<StorageOptions, StorageOptionsValidator>(configuration.GetSection(StorageOptions.Section));
        services.AddValidated<NetworkOptions, NetworkOptionsValidator>(configuration.GetSection(NetworkOptions.Section));
        services.AddValidated<MediaOptions, MediaOptionsValidator>(configuration.GetSection(MediaOptions.Section));
        services.AddValidated<BatchOptions, BatchOptionsValidator>(configuration.GetSection(BatchOptions.Section));
        services.AddValidated<JobOptions, JobOptionsValidator>(configuration.GetSection(JobOptions.Section));
        services.AddValidated<CallerOptions, CallerOptionsValidator>(configuration.GetSection(CallerOptions.Section))
            .Configure(options => options.IsBehindPlatformAuth = string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "True", StringComparison.OrdinalIgnoreCase));
        services.AddValidated<RetentionOptions, RetentionOptionsValidator>(configuration.GetSection(RetentionOptions.Section));
        services.AddValidated<ApiOptions, ApiOptionsValidator>(configuration.GetSection(ApiOptions.Section))
            .Configure(options => options.BaseUrl ??= ApiOptions.UnderHostName(configuration["WEBSITE_HOSTNAME"]));
        services.AddValidated<WebhookOptions, WebhookOptionsValidator>(configuration.GetSection(WebhookOptions.Section));
        services.AddValidated<NemoOptions, NemoOptionsValidator>(configuration.GetSection(NemoOptions.Section))
            .Configure(options => options.Token ??= configuration["NEMO_TOKEN"]);
    }

    private static OptionsBuilder<TOptions> AddValidated<TOptions, TValidator>(this IServiceCollection services, IConfiguration section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        return services.AddOptions<TOptions>().Bind(section).ValidateOnStart();
    }

    private static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
            return options.ServiceUri is { } address
                ? new BlobServiceClient(address, new DefaultAzureCredential())
                : new BlobServiceClient(options.ConnectionString);
        });
        services.AddSingleton(provider => new BlobStore(provider.GetRequiredService<BlobServiceClient>()
            .GetBlobContainerClient(provider.GetRequiredService<IOptions<StorageOptions>>().Value.Container)));
        services.AddSingleton<BlobLinks>();
        services.AddHostedService<StorageStartup>();
    }

    private static void AddGuardedHttp(this IServiceCollection services)
    {
        services.AddSingleton<AddressGuard>();
        services.AddSingleton<GuardedHttp>();
        services.AddHttpClient(GuardedHttp.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = provider.GetRequiredService<IOptions<NetworkOptions>>().Value.ConnectTimeout,
                ConnectCallback = provider.GetRequiredService<AddressGuard>().ConnectAsync,
            });
    }

    private static void AddNemoVideo(this IServiceCollection services)
    {
        services.AddSingleton<NemoRetry>();
        services.AddSingleton<AnonymousTokenStore>();
        services.AddSingleton<AnonymousAccount>();
        services.AddSingleton<NemoTokens>();
        services.AddSingleton<NemoSessions>();
        services.AddSingleton<NemoCredits>();
        services.AddSingleton<NemoRenders>();
        services.AddSingleton<RenderTimesStore>();
        services.AddSingleton<ClaimLinks>();
        services.AddNemoClient<NemoTransport>();
        services.AddNemoClient<NemoMessages>();
        services.AddSingleton<RenderDownloads>();
        services.AddNemoClient<AnonymousTokenClient>();
    }

    // No redirect is followed: after one, a POST could be sent a second time. Calls carry limits of their own.
    private static void AddNemoClient<T>(this IServiceCollection services)
        where T : class
    {
        services.AddHttpClient(typeof(T).Name, NemoHeaders.Apply)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<T>(
            provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(typeof(T).Name)));
    }
}
