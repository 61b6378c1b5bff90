using System.Text.Json.Nodes;

namespace NemoVideo.Simulator.Uploads;

/// <summary>A file as the backend describes it, after the upload and in the state.</summary>
internal static class FileDescription
{
    public static JsonObject Of(UploadedFile file, HttpRequest request) => new()
    {
        ["filename"] = file.Filename,
        ["file_type"] = file.FileType,
        ["cdn_url"] = $"{request.Scheme}://{request.Host}/_media/uploads/{file.StoredAs}",
        ["duration"] = file.Facts.Duration,
        ["width"] = file.Facts.Width,
        ["height"] = file.Facts.Height,
        ["fps"] = file.Facts.Fps,
        ["hash"] = file.Hash,
    };
}
