using System.Text.Json;
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

/// <summary>Stages are lower-case words wherever they are written.</summary>
public sealed class JobStageConverter() : JsonStringEnumConverter<JobStage>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>What holds for each stage.</summary>
public static class JobStages
{
    /// <summary>Whether a job in this stage has ended.</summary>
    public static bool IsFinal(this JobStage stage) => stage >= JobStage.Completed;

    /// <summary>How much of a job is done at least when it enters a stage, in percent; to end without a result adds nothing.</summary>
    public static int PercentAtStart(this JobStage stage) => stage switch
    {
        JobStage.Queued => 0,
        JobStage.Staging => 2,
        JobStage.Connecting => 10,
        JobStage.Uploading => 13,
        JobStage.Swapping => 22,
        JobStage.Verifying => 65,
        JobStage.Rendering => 72,
        JobStage.Storing => 92,
        JobStage.Completed => 100,
        _ => 0,
    };
}
