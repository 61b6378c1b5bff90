namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>What became of a message to an instance.</summary>
internal enum PostOutcome
{
    Posted,

    /// <summary>There is no such instance.</summary>
    Missing,

    /// <summary>The instance is finished.</summary>
    Finished,
}
