using System.Text.Json.Serialization;

namespace FaceSwap.Ledger;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SwapIntent))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(CreditReservation[]))]
internal sealed partial class LedgerJson : JsonSerializerContext;
