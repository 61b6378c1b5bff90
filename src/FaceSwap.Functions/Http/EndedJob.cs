using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Functions.Http;

/// <summary>A job that has ended and left a session that can be gone on with.</summary>
public sealed record EndedJob(JobReading Reading, NemoSession Session);
