using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Media;

namespace FaceSwap.Functions.Uploads;

/// <summary>The route of uploads, for files that are too large for a request.</summary>
public sealed class UploadRoutes(RouteEdge edge, MediaUploads uploads)
{
    private const int LongestName = 255;

    /// <summary><c>POST /api/uploads</c>: opens an upload, for a file that is too large for a request, and answers where to put it.</summary>
    [Function(nameof(CreateUpload))]
    public Task<IResult> CreateUpload(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "uploads")] HttpRequest request, CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var body = await JsonBodyReader.ReadAsync(request, UploadsApiJson.Default.UploadBody, cancellationToken);
            Require(body.Size is null or > 0, "'size' must be the file's size in bytes.");
            Require(body.Filename is null or { Length: > 0 and <= LongestName }, "'filename' must have 1 to 255 characters.");
            Require(body.ContentType is null || MediaFormat.IsTaken(body.ContentType), "'contentType' must be that of a video, a picture or a sound that jobs take.");
            var (id, link) = await uploads.OpenAsync(caller.Id, body.Size, cancellationToken);
            return Results.Json(
                new UploadView(id, link.Address, "PUT", new() { ["x-ms-blob-type"] = "BlockBlob" }, link.ExpiresAt),
                UploadsApiJson.Default.UploadView,
                statusCode: StatusCodes.Status201Created);
        });

    private static void Require(bool holds, string detail)
    {
        if (!holds)
        {
            throw new FaceSwapException(ErrorCodes.InvalidRequest, detail);
        }
    }
}

/// <summary>The file that is to be uploaded, as far as the caller says: what is known to be wrong with it is said at once.</summary>
/// <param name="Filename">Its name, which decides nothing and is not kept.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ContentType">Its media type; its content decides.</param>
public sealed record UploadBody(string? Filename = null, long? Size = null, string? ContentType = null);

/// <summary>An upload that is open.</summary>
/// <param name="Id">What jobs name it by, wherever they name a file.</param>
/// <param name="Url">Where the file goes: one blob of Azure Storage, to be created and written and nothing else.</param>
/// <param name="Method">How it is put there as a whole; by blocks, as the SDKs of Azure Storage do.</param>
/// <param name="Headers">The headers that go with it.</param>
/// <param name="ExpiresAt">When the address stops working.</param>
public sealed record UploadView(string Id, Uri Url, string Method, Dictionary<string, string> Headers, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadBody))]
[JsonSerializable(typeof(UploadView))]
internal sealed partial class UploadsApiJson : JsonSerializerContext;
