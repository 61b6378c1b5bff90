using System.Text.Json.Serialization;

namespace FaceSwap.NemoVideo.Tokens;

[JsonSerializable(typeof(AnonymousToken))]
[JsonSerializable(typeof(byte[]))]
internal sealed partial class TokenJson : JsonSerializerContext;
