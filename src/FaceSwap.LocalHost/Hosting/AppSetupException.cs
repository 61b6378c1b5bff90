namespace FaceSwap.LocalHost.Hosting;

/// <summary>The app, as its attributes and settings describe it, cannot be run by this host.</summary>
internal sealed class AppSetupException(string message) : Exception(message);
