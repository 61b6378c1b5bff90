namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>What became of the request to start an instance.</summary>
internal enum StartOutcome
{
    Started,

    /// <summary>An instance under this id exists in a status that is not to be replaced.</summary>
    AlreadyExists,
}
