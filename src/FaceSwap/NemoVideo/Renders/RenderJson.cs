using System.Text.Json.Serialization;

namespace FaceSwap.NemoVideo.Renders;

[JsonSerializable(typeof(TimeSpan[]))]
internal sealed partial class RenderJson : JsonSerializerContext;
