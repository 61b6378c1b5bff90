namespace FaceSwap.Jobs;

/// <summary>The earlier job that this one continues.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="TaskId">The project at the backend.</param>
/// <param name="SessionId">The session, with the timeline as the earlier job left it.</param>
public sealed record JobContinuation(string JobId, string TaskId, string SessionId);
