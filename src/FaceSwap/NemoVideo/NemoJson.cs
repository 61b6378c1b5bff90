using System.Text.Json.Serialization;
using FaceSwap.NemoVideo.Messages;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.NemoVideo;

/// <summary>The bodies sent to the backend, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenSessionRequest))]
[JsonSerializable(typeof(ClaimTokenRequest))]
[JsonSerializable(typeof(MessageRequest))]
internal sealed partial class NemoJson : JsonSerializerContext;
