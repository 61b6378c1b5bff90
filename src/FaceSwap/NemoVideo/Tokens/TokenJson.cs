using System.Text.Json.Serialization;

namespace FaceSwap.NemoVideo.Tokens;

[JsonSerializable(typeof(AnonymousToken))]
internal sealed partial class TokenJson : JsonSerializerContext;
