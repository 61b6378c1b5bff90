using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>What becomes of an upload that is answered as a success.</summary>
[JsonConverter(typeof(SnakeCaseEnum<UploadShape>))]
public enum UploadShape
{
    /// <summary>The session holds the files, and the answer says so.</summary>
    Applied,

    /// <summary>The session holds the files; the answer says that it does not yet.</summary>
    Unconfirmed,

    /// <summary>The answer says that the session does not hold the files, and it never does.</summary>
    Dropped,
}
