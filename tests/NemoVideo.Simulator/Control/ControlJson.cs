using System.Text.Json.Serialization;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Control;

/// <summary>The form of the control records: snake case; unknown fields are refused, so that a typing error shows.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(Scenario))]
[JsonSerializable(typeof(GateView))]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(ExpiryRequest))]
public sealed partial class ControlJson : JsonSerializerContext;
