using System.Text.Json.Serialization;

namespace FaceSwap.Ledger;

/// <summary>Whether a message of unknown outcome may be sent a second time.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResendVerdict>))]
public enum ResendVerdict
{
    /// <summary>The edit has appeared in the meantime.</summary>
    Applied,

    /// <summary>Everything says that the first message never ran.</summary>
    Allowed,

    /// <summary>It cannot be ruled out that the first one ran, or that it was charged.</summary>
    Ambiguous,
}
