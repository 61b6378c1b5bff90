namespace FaceSwap.Jobs;

/// <summary>Addresses of a job in the API.</summary>
/// <param name="Self">The job itself.</param>
/// <param name="Result">The finished video; null until there is one.</param>
public sealed record JobLinks(string Self, string? Result)
{
    public static JobLinks Of(string apiBase, string jobId, bool hasResult) =>
        new($"{apiBase}/jobs/{jobId}", hasResult ? $"{apiBase}/jobs/{jobId}/result" : null);
}
