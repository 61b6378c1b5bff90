using System.Text.Json.Serialization;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Jobs;

/// <summary>The input of a job's instance.</summary>
/// <param name="Job">The job.</param>
/// <param name="Webhooks">Who hears of it, decided when it was accepted.</param>
public sealed record FaceSwapJobInput(JobInput Job, IReadOnlyList<WebhookTarget> Webhooks);

/// <summary>The JSON of inputs that are kept beside the history.</summary>
[JsonSerializable(typeof(FaceSwapJobInput))]
internal sealed partial class InstanceJson : JsonSerializerContext;
