using System.Text.Json.Serialization;

namespace FaceSwap.Jobs;

/// <summary>The life of a job: the stages in order, then the ways it can end.</summary>
[JsonConverter(typeof(JobStageConverter))]
public enum JobStage
{
    Queued,
    Staging,
    Connecting,
    Uploading,
    Swapping,
    Verifying,
    Rendering,
    Storing,
    Completed,
    Failed,
    Cancelled,
    Expired,
}
