namespace FaceSwap.Functions.Orchestrations;

/// <summary>A render that the backend has finished.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">Where the video lies, if the backend said so.</param>
/// <param name="Duration">How long it took: by the backend's clock, or as the polls found it.</param>
public sealed record FinishedRender(string Id, string? Address, TimeSpan Duration);
