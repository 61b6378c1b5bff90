using System.Net.Http.Headers;
using System.Text;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Input that cannot become a video is refused with a problem that says what to do, and nothing half-started remains.</summary>
public sealed class BadInputTests(LimitedRig fixture) : IClassFixture<LimitedRig>
{
    private const int MostBytes = LimitedRig.MostBytes;
    private static readonly byte[] TooLarge = [.. SampleMedia.Clip, .. new byte[MostBytes]];

    [Theory]
    [InlineData("{", 400, "invalid_json")]
    [InlineData("[]", 400, "invalid_json")]
    [InlineData("""{"vidoe":"https://example.com/v.mp4"}""", 400, "invalid_json")]
    [InlineData("""{"face":"https://example.com/f.png"}""", 422, "missing_video")]
    [InlineData("""{"video":"https://example.com/v.mp4"}""", 422, "missing_face")]
    [InlineData("""{"video":"ftp://example.com/v.mp4","face":"https://example.com/f.png"}""", 422, "address_refused")]
    [InlineData("""{"video":"http://169.254.169.254/latest","face":"https://example.com/f.png"}""", 422, "address_refused")]
    [InlineData("""{"video":"http://[::ffff:10.0.0.1]/v.mp4","face":"https://example.com/f.png"}""", 422, "address_refused")]
    [InlineData("""{"video":"https://me:pw@example.com/v.mp4","face":"https://example.com/f.png"}""", 422, "address_refused")]
    [InlineData("""{"video":"https://example.com/v.mp4","face":"https://example.com/f.png","webhook":{"url":"http://10.0.0.1/"}}""", 422, "address_refused")]
    [InlineData("""{"video":"https://example.com/v.mp4","face":"https://example.com/f.png","language":"!"}""", 422, "invalid_request")]
    [InlineData("""{"video":"https://example.com/v.mp4","face":"https://example.com/f.png","language":"en\n"}""", 422, "invalid_request")]
    [InlineData("""{"video":"https://example.com/v.mp4","face":"https://example.com/f.png","instruction":" \n "}""", 422, "invalid_request")]
    public async Task Submit_WithBadJson_IsRefusedAndLeavesNothing(string json, int status, string code)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");

        await RefusedAsync(content, status, code);
    }

    [Fact]
    public async Task Submit_WithAnInstructionOfWhiteSpaceBeyondTheLimit_IsRefused()
    {
        var instruction = $"{new string(' ', 60_000)}swap";
        using var content = new StringContent(
            $$"""{"video":"https://example.com/v.mp4","face":"https://example.com/f.png","instruction":"{{instruction}}"}""", Encoding.UTF8, "application/json");

        await RefusedAsync(content, 422, "invalid_request");
    }

    [Theory]
    [InlineData("Content-Type: text/plain")]
    [InlineData("Content-Disposition: ;;;")]
    [InlineData("Content-Disposition: form-data")]
    public async Task Submit_WithAPartThatNamesNothing_IsRefusedAndLeavesNothing(string header)
    {
        using var form = new ByteArrayContent(Encoding.UTF8.GetBytes($"--b\r\n{header}\r\n\r\ntext\r\n--b--\r\n"));
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        await RefusedAsync(form, 422, "invalid_request");
    }

    [Fact]
    public async Task Submit_OfAnUnknownContentType_IsRefused()
    {
        using var content = new ByteArrayContent(SampleMedia.Clip) { Headers = { ContentType = new MediaTypeHeaderValue("video/mp4") } };

        await RefusedAsync(content, 415, "unsupported_content_type");
    }

    [Fact]
    public async Task Submit_WithoutFace_IsRefusedAndLeavesNothing()
    {
        using var form = fixture.Rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip));

        await RefusedAsync(form, 422, "missing_face");
    }

    [Fact]
    public async Task Submit_OfAnUnsupportedFormat_IsRefusedAndLeavesNothing()
    {
        using var form = fixture.Rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.png", "no picture at all"u8.ToArray()));

        await RefusedAsync(form, 422, "unsupported_format");
    }

    [Fact]
    public async Task Submit_OfTooLargeAFile_IsRefusedAndLeavesNothing()
    {
        using var form = fixture.Rig.Jobs.Form(("face", "face.png", SampleMedia.FacePng), ("video", "clip.mp4", TooLarge));

        await RefusedAsync(form, 413, "media_too_large");
    }

    [Theory]
    [InlineData("api/jobs/no-such-job")]
    [InlineData("api/jobs/job_00000000000000000000000000000000")]
    [InlineData("api/jobs/job_00000000000000000000000000000000/result")]
    public async Task Read_OfAnUnknownJob_IsNotFound(string path)
    {
        var (status, problem) = await fixture.Rig.Jobs.GetAsync(path);

        Assert.Equal((404, "job_not_found"), (status, (string?)problem["code"]));
    }

    [Fact]
    public async Task Call_WithoutAKey_IsUnauthorized()
    {
        Assert.SkipWhen(AppHost.IsFunc, "func admits every call on a developer's machine.");
        using var stranger = new HttpClient { BaseAddress = fixture.Rig.Address };

        using var response = await stranger.GetAsync(new Uri("api/health", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("gone", "media_unreachable")]
    [InlineData("forbidden", "media_unreachable")]
    [InlineData("broken", "media_unreachable")]
    [InlineData("private", "address_refused")]
    [InlineData("text", "unsupported_format")]
    [InlineData("large", "media_too_large")]
    [InlineData("endless", "media_too_large")]
    public async Task Job_WhoseVideoCannotBeFetched_FailsWithTheCodeAndTouchesNoBackend(string kind, string code)
    {
        await using var media = await MediaServer.StartAsync();
        var id = await fixture.Rig.Jobs.SubmitAsync(VideoOf(media, kind), media.Serve("face.png", SampleMedia.FacePng));

        var job = await fixture.Rig.Jobs.WaitForEndAsync(id);

        Assert.Equal(("failed", code), ((string)job["status"]!, (string)job["error"]!["code"]!));
        Assert.NotEqual("", (string)job["error"]!["remedy"]!);
        Assert.Equal(2, (int)job["percent"]!);
        await fixture.Rig.ToldAsync(id);
        await NothingRemainsAsync();
    }

    private static Uri VideoOf(MediaServer media, string kind) => kind switch
    {
        "gone" => media.AddressOf("gone.mp4"),
        "forbidden" => media.Answer("forbidden.mp4", 403),
        "broken" => media.BreakOff("broken.mp4", SampleMedia.Clip, SampleMedia.Clip.Length + 1),
        "private" => media.Redirect("private.mp4", new Uri("http://10.0.0.1/clip.mp4")),
        "text" => media.Serve("text.mp4", Encoding.UTF8.GetBytes(new string('x', 5000))),
        "large" => media.ServeLarge("large.mp4", SampleMedia.Clip, MostBytes + 1, sayLength: true),
        _ => media.ServeLarge("endless.mp4", SampleMedia.Clip, 50_000_000, sayLength: false),
    };

    private async Task RefusedAsync(HttpContent content, int status, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs") { Content = content };
        using var response = await fixture.Rig.Jobs.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = await ReadProblemAsync(response);

        Assert.Equal((status, code), ((int)response.StatusCode, problem.Code));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(code.Replace('_', '-'), problem.Type.Replace('_', '-'), StringComparison.Ordinal);
        Assert.True(problem.Detail.Length > 10 && problem.Remedy.Length > 10);
        await NothingRemainsAsync();
    }

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return new Problem((string)body["type"]!, (string)body["code"]!, (string)body["detail"]!, (string)body["remedy"]!);
    }

    /// <summary>Of a job that failed, its record, its place in the list and what told of it; of one that was refused, nothing; and the backend has not heard of either.</summary>
    private async Task NothingRemainsAsync()
    {
        await Eventually.HoldsAsync(async () => Unexpected(await NamesAsync()).Count == 0, "nothing but what belongs to recorded jobs is left");
        var ledger = await fixture.Rig.Backend.Control.ReadLedgerAsync();
        Assert.Empty(ledger.Sessions);
    }

    // What the app keeps for itself is no job's.
    private static List<string> Unexpected(IReadOnlyList<string> names)
    {
        var recorded = names.Where(name => name.EndsWith("/job.json", StringComparison.Ordinal)).Select(name => name.Split('/')[1]).ToHashSet();
        return
        [
            .. names.Where(name => !name.StartsWith("system/", StringComparison.Ordinal)
                && !name.EndsWith("/job.json", StringComparison.Ordinal)
                && !name.Contains("/deliveries/", StringComparison.Ordinal)
                && !(name.StartsWith("index/", StringComparison.Ordinal) && recorded.Contains(name[(name.LastIndexOf('-') + 1)..]))),
        ];
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in fixture.Rig.Container.GetBlobsAsync())
        {
            names.Add(blob.Name);
        }

        return names;
    }

    private sealed record Problem(string Type, string Code, string Detail, string Remedy);
}

/// <summary>A rig that takes small files only.</summary>
public sealed class LimitedRig(AzuriteFixture azurite) : IAsyncLifetime
{
    public const int MostBytes = 100_000;

    internal Rig Rig { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Rig = await Rig.StartInProcessAsync(azurite, ("Media__MaxBytes", $"{MostBytes}"));

    public ValueTask DisposeAsync() => Rig.DisposeAsync();
}
