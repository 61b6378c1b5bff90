namespace FaceSwap.LocalHost;

/// <summary>Why the host does not start: a sentence for the person who starts it.</summary>
internal sealed class StartupException(string message, Exception? cause = null) : Exception(message, cause);
