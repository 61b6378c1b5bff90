using System.Text;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Jobs;
using FaceSwap.Testing.Media;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>Submissions that come more than once.</summary>
public sealed class JobIntakeTests : IAsyncDisposable
{
    private const string Body = """{"video":"https://media.test/clip.mp4","face":"https://media.test/face.jpg","metadata":{"a":"1","b":"2"}}""";
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Theory]
    [InlineData(Body)]
    [InlineData("""{ "metadata": { "b": "2", "a": "1" }, "face": "https://media.test/face.jpg", "video": "https://media.test/clip.mp4" }""")]
    public async Task Accept_TheSameRequestAgain_IsTheSameJob(string again)
    {
        var first = await AcceptAsync(Json(Body));
        var second = await AcceptAsync(Json(again));

        Assert.Equal((false, true), (first.IsReplay, second.IsReplay));
        Assert.Equal(first.View.Id, second.View.Id);
        Assert.Single(_client.Started);
    }

    [Theory]
    [InlineData("""{"video":"https://media.test/clip.mp4","face":"https://media.test/face.jpg","metadata":{"a":"1"}}""")]
    [InlineData("""{"video":"https://media.test/clip.mp4","face":"https://media.test/other.jpg","metadata":{"a":"1","b":"2"}}""")]
    [InlineData("""{"video":"https://media.test/clip.mp4","face":"https://media.test/face.jpg","metadata":{"a":"1","b":"2"},"onUnknownOutcome":"resend"}""")]
    public async Task Accept_AnotherRequestUnderTheKey_IsRefused(string other)
    {
        await AcceptAsync(Json(Body));

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => AcceptAsync(Json(other)));

        Assert.Equal(ErrorCodes.IdempotencyKeyReused, refusal.Code);
        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task Accept_WithoutAKey_IsEachTimeAnotherJob()
    {
        await AcceptAsync(Json(Body), key: null);
        await AcceptAsync(Json(Body), key: null);

        Assert.Equal(2, _client.Started.Count);
    }

    [Fact]
    public async Task Accept_TheSameFilesAgain_IsTheSameJobAndLeavesTheSecondFilesNowhere()
    {
        var first = await AcceptAsync(Form(SampleMedia.Clip));
        var second = await AcceptAsync(Form(SampleMedia.Clip));

        Assert.Equal((first.View.Id, true), (second.View.Id, second.IsReplay));
        Assert.All(_product.Blobs.NamesUnder("jobs/"), name => Assert.StartsWith($"jobs/{first.View.Id}/", name, StringComparison.Ordinal));
        Assert.Equal(2, _product.Blobs.NamesUnder("jobs/").Count);
    }

    [Fact]
    public async Task Accept_OtherFilesUnderTheKey_IsRefusedAndLeavesThemNowhere()
    {
        var first = await AcceptAsync(Form(SampleMedia.Clip));

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => AcceptAsync(Form([.. SampleMedia.Clip, 0])));

        Assert.Equal(ErrorCodes.IdempotencyKeyReused, refusal.Code);
        Assert.All(_product.Blobs.NamesUnder("jobs/"), name => Assert.StartsWith($"jobs/{first.View.Id}/", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accept_WhoseStartFails_KeepsTheFilesForTheNextRequestThatStartsIt()
    {
        _client.Before = _ => throw new IOException("The connection broke.");
        await Assert.ThrowsAsync<FaceSwapException>(() => AcceptAsync(Form(SampleMedia.Clip)));
        var kept = _product.Blobs.NamesUnder("jobs/");
        _client.Before = null;

        var next = await AcceptAsync(Form(SampleMedia.Clip));

        Assert.Equal(2, kept.Count);
        Assert.All(kept, name => Assert.StartsWith($"jobs/{next.View.Id}/", name, StringComparison.Ordinal));
        Assert.Equal(kept, _product.Blobs.NamesUnder("jobs/"));
        Assert.Equal(next.View.Id, Assert.Single(_client.Started).Id);
    }

    [Fact]
    public async Task Accept_WhatIsRefused_DoesNotUseUpTheKey()
    {
        await Assert.ThrowsAsync<FaceSwapException>(() => AcceptAsync(Json("""{"video":"https://media.test/clip.mp4"}""")));

        Assert.False((await AcceptAsync(Json(Body))).IsReplay);
    }

    [Fact]
    public async Task Validate_OfWhatWouldBeTakenIn_SaysWhatItTakes_AndStartsAndLeavesNothing()
    {
        Serve(SampleMedia.Clip);

        foreach (var request in new[] { Json(Body), Form(SampleMedia.Clip) })
        {
            var valid = await ValidateAsync(request);

            Assert.Equal(("video/mp4", "image/jpeg"), (valid.Video, valid.Face));
            Assert.Equal(new EstimateBody(100, 275), valid.Estimate);
        }

        NothingHappened();
    }

    [Fact]
    public async Task Validate_OfFilesThatLie_SaysSo_AndLeavesNothing()
    {
        Serve("<html>"u8.ToArray());

        foreach (var request in new[] { Json(Body), Form(Encoding.UTF8.GetBytes("<html>")) })
        {
            Assert.Equal(ErrorCodes.UnsupportedFormat, (await Assert.ThrowsAsync<FaceSwapException>(() => ValidateAsync(request))).Code);
        }

        NothingHappened();
    }

    [Fact]
    public async Task Validate_WithoutEnoughCredits_SaysSo()
    {
        _product.Backend.Available = 99;

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => ValidateAsync(Form(SampleMedia.Clip)));

        Assert.Equal(ErrorCodes.InsufficientCredits, refusal.Code);
        NothingHappened();
    }

    [Theory]
    [InlineData("""{"continueFrom":"job_00000000000000000000000000000001","instruction":"x"}""", ErrorCodes.JobNotFound)]
    [InlineData("""{"continueFrom":"","instruction":"x"}""", ErrorCodes.JobNotFound)]
    [InlineData("""{"continueFrom":"job_00000000000000000000000000000001"}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"continueFrom":"job_00000000000000000000000000000001","instruction":"x","video":"https://media.test/clip.mp4"}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"continueFrom":"job_00000000000000000000000000000001","instruction":"x","language":"de"}""", ErrorCodes.InvalidRequest)]
    public async Task Continue_OfWhatCannotBe_IsRefused(string body, string code)
    {
        Assert.Equal(code, (await Assert.ThrowsAsync<FaceSwapException>(() => AcceptAsync(Json(body)))).Code);
        Assert.Equal(code, (await Assert.ThrowsAsync<FaceSwapException>(() => ValidateAsync(Json(body)))).Code);

        NothingHappened();
    }

    [Fact]
    public async Task Accept_WithADeadlineAndConsent_GivesThemToTheJob()
    {
        await AcceptAsync(Json("""
            {"video":"https://media.test/clip.mp4","face":"https://media.test/face.jpg","deadline":"PT1H30M","consent":{"by":"Ada","statement":"I agree."}}
            """));

        var job = Assert.IsType<FaceSwapJobInput>(Assert.Single(_client.Started).Input).Job;
        Assert.Equal((TimeSpan.FromMinutes(90), new JobConsent("Ada", "I agree.")), (job.Policy.Deadline, job.Consent));
    }

    [Theory]
    [InlineData(""","instruction":"swap the face and add this music at 35 %" """, null)]
    [InlineData("", "'instruction'")]
    public async Task Accept_WithASound_NeedsWordsForIt(string instruction, string? refusal)
    {
        var request = Json($$"""{"video":"https://media.test/clip.mp4","face":"https://media.test/face.jpg","audio":"https://media.test/song.mp3"{{instruction}}}""");

        if (refusal is null)
        {
            await AcceptAsync(request);
            Assert.Equal("https://media.test/song.mp3", Assert.IsType<FaceSwapJobInput>(Assert.Single(_client.Started).Input).Job.Audio?.Address);
        }
        else
        {
            Assert.Contains(refusal, (await Assert.ThrowsAsync<FaceSwapException>(() => AcceptAsync(request))).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("PT4M59S")]
    [InlineData("P1DT1S")]
    [InlineData("-PT30M")]
    [InlineData("30")]
    [InlineData("")]
    [InlineData("P99999999999Y")]
    public async Task Accept_WithADeadlineThatIsNone_IsRefused(string deadline)
    {
        var body = $$"""{"video":"https://media.test/clip.mp4","face":"https://media.test/face.jpg","deadline":"{{deadline}}"}""";

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => AcceptAsync(Json(body)));

        Assert.Equal(ErrorCodes.InvalidRequest, refusal.Code);
        Assert.Contains("'deadline'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"by":"Ada"}""")]
    [InlineData("""{"by":" ","statement":"I agree."}""")]
    [InlineData("""{}""")]
    public async Task Accept_WithHalfAConsent_IsRefused(string consent)
    {
        var body = $$"""{"video":"https://media.test/clip.mp4","face":"https://media.test/face.jpg","consent":{{consent}}}""";

        Assert.Equal(ErrorCodes.InvalidRequest, (await Assert.ThrowsAsync<FaceSwapException>(() => AcceptAsync(Json(body)))).Code);
    }

    [Fact]
    public async Task Accept_WhereConsentIsRequired_TakesNoJobWithout()
    {
        using var strict = new TestProduct(_product, ("Jobs:RequireConsent", "true"));

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(
            () => strict.Get<JobIntake>().AcceptAsync(Json(Body), Caller.Default, _client, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.ConsentRequired, refusal.Code);
        NothingHappened();
    }

    [Fact]
    public async Task Accept_BeyondACallersLimits_IsRefusedAndLeavesNothing()
    {
        using var limited = new TestProduct(_product, ("Callers:JobsInFlight", "1"), ("Callers:BytesPerDay", $"{SampleMedia.Clip.Length}"));
        Task<StartedJob> SubmitAsync(HttpRequest request) => limited.Get<JobIntake>().AcceptAsync(request, Caller.Default, _client, TestContext.Current.CancellationToken);

        var first = await SubmitAsync(Form(SampleMedia.Clip));
        var kept = _product.Blobs.NamesUnder("");
        var bytes = await Assert.ThrowsAsync<FaceSwapException>(() => SubmitAsync(Json(Body)));
        _product.Time.Advance(TimeSpan.FromHours(24));
        var jobs = await Assert.ThrowsAsync<FaceSwapException>(() => SubmitAsync(Form(SampleMedia.Clip)));
        Assert.Equal((ErrorCodes.QuotaExceeded, ErrorCodes.QuotaExceeded), (bytes.Code, jobs.Code));
        Assert.Equal(kept, _product.Blobs.NamesUnder(""));

        var job = ((FaceSwapJobInput)_client.Started.Single().Input!).Job;
        await _product.Get<JobIndex>().CloseAsync(job, JobStage.Completed, _product.Time.GetUtcNow(), null, TestContext.Current.CancellationToken);
        Assert.NotEqual(first.View.Id, (await SubmitAsync(Form(SampleMedia.Clip))).View.Id);
    }

    private void Serve(byte[] video)
    {
        _product.Web.On("clip.mp4", () => new HttpResponseMessage { Content = new ByteArrayContent(video) });
        _product.Web.On("face.jpg", () => new HttpResponseMessage { Content = new ByteArrayContent(SampleMedia.FaceJpeg) });
    }

    private void NothingHappened()
    {
        Assert.Empty(_client.Started);
        Assert.Empty(_product.Blobs.NamesUnder("jobs/"));
        Assert.Empty(_product.Blobs.NamesUnder("keys/"));
        Assert.Empty(_product.Blobs.NamesUnder("index/"));
    }

    private Task<ValidationBody> ValidateAsync(HttpRequest request) =>
        _product.Get<JobIntake>().ValidateAsync(request, Caller.Default, _client, TestContext.Current.CancellationToken);

    private static HttpRequest Json(string body) => Request("application/json", Encoding.UTF8.GetBytes(body));

    private static HttpRequest Form(byte[] video)
    {
        using var form = new MultipartFormDataContent("boundary")
        {
            { new ByteArrayContent(video), "video", "clip.mp4" },
            { new ByteArrayContent(SampleMedia.FaceJpeg), "face", "face.jpg" },
        };
        return Request(form.Headers.ContentType!.ToString(), form.ReadAsByteArrayAsync().GetAwaiter().GetResult());
    }

    private static HttpRequest Request(string type, byte[] body)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.ContentType = type;
        request.Body = new MemoryStream(body);
        return request;
    }

    private Task<StartedJob> AcceptAsync(HttpRequest request, string? key = "key")
    {
        if (key is not null)
        {
            request.Headers[IdempotencyKey.Header] = key;
        }

        return _product.Get<JobIntake>().AcceptAsync(request, Caller.Default, _client, TestContext.Current.CancellationToken);
    }
}
