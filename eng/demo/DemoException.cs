namespace FaceSwap.Demo;

/// <summary>Something that the person who started the demo can understand from its message alone.</summary>
internal sealed class DemoException(string message) : Exception(message);
