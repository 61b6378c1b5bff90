namespace FaceSwap.Functions.Http;

/// <summary>Whether the app can do its work.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Storage">Whether the storage account answers.</param>
/// <param name="Version">The app's version.</param>
public sealed record HealthBody(string Status, bool Storage, string Version);
