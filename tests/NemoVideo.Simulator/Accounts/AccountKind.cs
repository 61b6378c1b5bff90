using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Accounts;

/// <summary>Whether an account came from an anonymous token or from a registration.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AccountKind>))]
public enum AccountKind
{
    Anonymous,
    Registered,
}
