using FaceSwap.Functions.Account;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Batches.Api;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Inbox;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Functions.Retention;
using FaceSwap.Functions.Schedules;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Functions;

/// <summary>Registers the whole app: the product, and what its routes need. Every host calls this one method.</summary>
public static class FaceSwapApp
{
    public static IHostApplicationBuilder AddFaceSwapApp(this IHostApplicationBuilder builder)
    {
        builder.AddFaceSwap();

        // These write request lines with their query, which may hold the function key, and the signed addresses of redirects.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Nothing in the app is protected by those keys; that they lie in the clear is no news.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = MaxFormBytes(builder.Configuration));
        builder.Services.AddSingleton<ApiAddress>();
        builder.Services.AddSingleton<RequestCallers>();
        builder.Services.AddSingleton<RouteEdge>();
        builder.Services.AddSingleton<PageCursors>();
        builder.Services.AddSingleton<SubmissionReader>();
        builder.Services.AddSingleton<SubmissionRules>();
        builder.Services.AddSingleton<SubmissionLookups>();
        builder.Services.AddSingleton<JobDrafts>();
        builder.Services.AddSingleton<JobIntake>();
        builder.Services.AddSingleton<JobListing>();
        builder.Services.AddSingleton<JobEstimates>();
        builder.Services.AddSingleton<BatchIntake>();
        builder.Services.AddSingleton<BatchChecks>();
        builder.Services.AddSingleton<BatchSources>();
        builder.Services.AddSingleton<BatchPlans>();
        builder.Services.AddSingleton<BatchInbox>();
        builder.Services.AddSingleton<BatchControl>();
        builder.Services.AddSingleton<LibraryItems>();
        builder.Services.AddSingleton<BatchItems>();
        builder.Services.AddSingleton<BatchReader>();
        builder.Services.AddSingleton<BatchWatches>();
        builder.Services.AddSingleton<BatchStart>();
        builder.Services.AddSingleton<BatchResults>();
        builder.Services.AddSingleton<BatchRemoval>();
        builder.Services.AddSingleton<BatchRetention>();
        builder.Services.AddSingleton<BatchRetries>();
        builder.Services.AddSingleton<UnfinishedItems>();
        builder.Services.AddSingleton<ScheduleControl>();
        builder.Services.AddSingleton<ScheduledItems>();
        builder.Services.AddSingleton<ScheduleRuns>();
        builder.Services.AddSingleton<ScheduleRequests>();
        builder.Services.AddSingleton<FreeSessions>();
        builder.Services.AddSingleton<JobReader>();
        builder.Services.AddSingleton<JobWatches>();
        builder.Services.AddSingleton<JobStart>();
        builder.Services.AddSingleton<JobCancel>();
        builder.Services.AddSingleton<JobRemoval>();
        builder.Services.AddSingleton<JobRetention>();
        builder.Services.AddSingleton<StepEdge>();
        builder.Services.AddSingleton<DeliveryStart>();
        builder.Services.AddSingleton<EndpointRequests>();
        builder.Services.AddSingleton<ResultLinks>();
        builder.Services.AddSingleton<CreditsReader>();
        builder.Services.AddSingleton<JobContinuations>();
        builder.Services.AddSingleton<JobConversation>();
        return builder;
    }

    // Read past the options: the web server is set up before they are validated, and a wrong value is to be reported with all others.
    private static long MaxFormBytes(IConfiguration configuration) =>
        long.TryParse(configuration[$"{ApiOptions.Section}:{nameof(ApiOptions.MaxFormBytes)}"], out var bytes) && bytes > 0 ? bytes : new ApiOptions().MaxFormBytes;
}
