namespace FaceSwap.Jobs;

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
