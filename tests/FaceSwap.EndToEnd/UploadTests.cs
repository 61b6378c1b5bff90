using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs.Specialized;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Files that go to storage past the app, and jobs that use them.</summary>
public sealed class UploadTests(RigFixture fixture) : IClassFixture<RigFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_OfUploadedFiles_UsesThem()
    {
        var rig = fixture.Rig;
        var video = await OpenAsync(rig);
        var face = await OpenAsync(rig);
        await PutInBlocksAsync(video, SampleMedia.Clip);
        Assert.Equal(HttpStatusCode.Created, await PutAsync(face, SampleMedia.FaceJpeg));

        var body = $$"""{"video":"{{video["id"]}}","face":"{{face["id"]}}"}""";
        var (checkedAs, valid) = await rig.Jobs.PostAsync("api/jobs?validate_only=true", body);
        var (status, job) = await rig.Jobs.PostAsync("api/jobs", body);

        Assert.Equal((200, "video/mp4", "image/jpeg"), (checkedAs, (string?)valid["video"], (string?)valid["face"]));
        Assert.True(status == 202, job.ToJsonString());
        var id = (string)job["id"]!;
        await rig.Jobs.WaitForCompletionAsync(id);
        Assert.Equal(SampleMedia.Clip, await rig.Jobs.DownloadAsync(id));
    }

    [Fact]
    public async Task Address_OfAnUpload_CreatesAndWritesOneBlob_AndNothingElse()
    {
        var rig = fixture.Rig;
        var upload = await OpenAsync(rig);
        await PutAsync(upload, SampleMedia.Clip);
        using var http = new HttpClient();
        var address = new UriBuilder((string)upload["url"]!);

        using var read = await http.GetAsync(address.Uri, Token);
        using var delete = await http.DeleteAsync(address.Uri, Token);
        address.Path += "x";
        using var another = new HttpRequestMessage(HttpMethod.Put, address.Uri) { Content = new ByteArrayContent([1]), Headers = { { "x-ms-blob-type", "BlockBlob" } } };
        using var elsewhere = await http.SendAsync(another, Token);

        Assert.All(new[] { read, delete, elsewhere }, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        var expires = (DateTimeOffset)upload["expiresAt"]! - TimeProvider.System.GetUtcNow();
        Assert.InRange(expires, TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task Job_OfAnUploadThatIsNoMedia_IsRefused()
    {
        var rig = fixture.Rig;
        var (empty, html, picture, never) = (await OpenAsync(rig), await OpenAsync(rig), await OpenAsync(rig), await OpenAsync(rig));
        await PutAsync(empty, []);
        await PutAsync(html, Encoding.UTF8.GetBytes("<html></html>"));
        await PutAsync(picture, SampleMedia.FaceJpeg);

        foreach (var (upload, expected, code) in new[]
        {
            ((string)empty["id"]!, 422, "unsupported_format"),
            ((string)html["id"]!, 422, "unsupported_format"),
            ((string)picture["id"]!, 422, "unsupported_format"),
            ((string)never["id"]!, 404, "upload_not_found"),
            ("upload_../../keys", 404, "upload_not_found"),
            ("upload_", 404, "upload_not_found"),
        })
        {
            var (status, problem) = await rig.Jobs.PostAsync("api/jobs", $$"""{"video":"{{upload}}","face":"https://example.com/face.jpg"}""");

            Assert.Equal((expected, code), (status, (string?)problem["code"]));
        }
    }

    [Theory]
    [InlineData("""{"size":500000001}""", 413, "media_too_large")]
    [InlineData("""{"size":0}""", 422, "invalid_request")]
    [InlineData("""{"size":-1}""", 422, "invalid_request")]
    [InlineData("""{"filename":""}""", 422, "invalid_request")]
    [InlineData("""{"contentType":"text/html"}""", 422, "invalid_request")]
    [InlineData("""{"length":1}""", 400, "invalid_json")]
    public async Task Upload_ThatCannotBe_IsRefused(string body, int expected, string code)
    {
        var rig = fixture.Rig;

        var (status, problem) = await rig.Jobs.PostAsync("api/uploads", body);

        Assert.Equal((expected, code), (status, (string?)problem["code"]));
    }

    private static async Task<JsonObject> OpenAsync(Rig rig)
    {
        var (status, upload) = await rig.Jobs.PostAsync("api/uploads", """{"filename":"holiday.mp4","size":1000,"contentType":"video/mp4"}""");
        Assert.True(status == 201, upload.ToJsonString());
        return upload;
    }

    // As the answer says, and as curl does.
    private static async Task<HttpStatusCode> PutAsync(JsonObject upload, byte[] content)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Parse((string)upload["method"]!), (string)upload["url"]!) { Content = new ByteArrayContent(content) };
        foreach (var (name, value) in upload["headers"]!.AsObject())
        {
            request.Headers.Add(name, (string?)value);
        }

        using var response = await http.SendAsync(request, Token);
        return response.StatusCode;
    }

    // An upload that breaks off goes on with the blocks that are missing.
    private static async Task PutInBlocksAsync(JsonObject upload, byte[] content)
    {
        var blob = new BlockBlobClient(new Uri((string)upload["url"]!));
        var blocks = content.Chunk(Math.Max(1, content.Length / 3)).Select((bytes, number) => (Id: Convert.ToBase64String(BitConverter.GetBytes(number)), bytes)).ToList();
        foreach (var (id, bytes) in blocks)
        {
            await blob.StageBlockAsync(id, new MemoryStream(bytes), cancellationToken: Token);
        }

        await blob.CommitBlockListAsync(blocks.Select(block => block.Id), cancellationToken: Token);
        await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadContentAsync(Token));
    }
}
