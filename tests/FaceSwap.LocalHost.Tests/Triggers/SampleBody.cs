namespace FaceSwap.LocalHost.Tests.Triggers;

public sealed record SampleBody(string Name);
