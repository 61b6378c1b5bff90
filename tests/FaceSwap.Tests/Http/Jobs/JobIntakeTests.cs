using System.Text;
using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Http.Jobs;
using FaceSwap.Functions.Instances;
using FaceSwap.Testing.Media;
using FaceSwap.Tests.Instances;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FaceSwap.Tests.Http.Jobs;

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

        return _product.Get<JobIntake>().AcceptAsync(request, _client, TestContext.Current.CancellationToken);
    }
}
