namespace FaceSwap.Functions.Orchestrations;

/// <summary>A render that the backend has finished.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">Where the video lies, if the backend said so.</param>
internal sealed record FinishedRender(string Id, string? Address);
