using FaceSwap.Functions.Http;
using FaceSwap.Functions.Http.Conversation;
using FaceSwap.Functions.Http.Submission;
using FaceSwap.Functions.Http.Webhooks;
using FaceSwap.Functions.Orchestrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FaceSwap.Functions;

/// <summary>Registers the whole app: the product, and what its routes need. Every host calls this one method.</summary>
public static class FaceSwapApp
{
    public static IHostApplicationBuilder AddFaceSwapApp(this IHostApplicationBuilder builder)
    {
        builder.AddFaceSwap();
        builder.Services.AddSingleton<ApiAddress>();
        builder.Services.AddSingleton<SubmissionReader>();
        builder.Services.AddSingleton<SubmissionRules>();
        builder.Services.AddSingleton<JobIntake>();
        builder.Services.AddSingleton<JobReader>();
        builder.Services.AddSingleton<DeliveryStart>();
        builder.Services.AddSingleton<EndpointRequests>();
        builder.Services.AddSingleton<ResultLinks>();
        builder.Services.AddSingleton<CreditsReader>();
        builder.Services.AddSingleton<JobContinuations>();
        builder.Services.AddSingleton<JobConversation>();
        return builder;
    }
}
