using System.Text.Json.Serialization;

namespace FaceSwap.Ledger;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SwapIntent))]
[JsonSerializable(typeof(SessionClaim))]
internal sealed partial class LedgerJson : JsonSerializerContext;
