using FaceSwap.Jobs;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>What a job has come to so far, for its record, however it ends.</summary>
public sealed record JobTrace
{
    public StagedPair? Media { get; set; }

    public JobEdit? Edit { get; set; }

    public string? RenderId { get; set; }
}
