using System.Text.Json.Serialization;

namespace FaceSwap.Functions.Activities;

/// <summary>How an upload into a session ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UploadVerdict>))]
public enum UploadVerdict
{
    /// <summary>Both files are in the session, once.</summary>
    Complete,

    /// <summary>An earlier run was cut off, and the session does not prove what became of it: take a new session.</summary>
    InDoubt,
}
