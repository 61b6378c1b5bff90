using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>What goes wrong at a call.</summary>
[JsonConverter(typeof(SnakeCaseEnum<FaultKind>))]
public enum FaultKind
{
    /// <summary>The token really becomes invalid, for this call and all later ones.</summary>
    ExpiredToken,

    /// <summary>429, with <c>Retry-After</c> if <see cref="Fault.RetryAfterSeconds"/> is given.</summary>
    RateLimited,

    /// <summary>An HTTP status without acting: <see cref="Fault.Status"/>, 503 by default.</summary>
    ServerError,

    /// <summary>The session really ends: 1002 now and later.</summary>
    LostSession,

    /// <summary>2001.</summary>
    NoCredits,

    /// <summary>402: the plan does not allow it.</summary>
    PlanBlocked,

    /// <summary>The connection breaks before the call acts.</summary>
    Disconnect,

    /// <summary>The call acts, and the connection breaks before its answer. For a message, take a cut before the headers.</summary>
    LostAnswer,
}
