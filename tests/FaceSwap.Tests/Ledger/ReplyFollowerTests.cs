using System.IO.Pipelines;
using System.Net;
using System.Text;
using Azure.Storage.Blobs;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Messages;
using FaceSwap.Storage;
using FaceSwap.Testing.Time;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Ledger;

/// <summary>When the stream of an answer is over: by itself, or because it is left.</summary>
public sealed class ReplyFollowerTests
{
    private readonly FakeClock clock = new();
    private readonly Pipe pipe = new();

    [Fact]
    public async Task FollowAsync_StreamThatEnds_IsComplete()
    {
        await SendAsync("data: {\"type\":\"text\",\"content\":\"Done.\"}\n\n");
        await pipe.Writer.CompleteAsync();

        Assert.Equal(new FollowedReply(IsComplete: true, "Done."), await FollowAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task FollowAsync_NothingForTenMinutes_IsLeft()
    {
        await SendAsync("data: {\"type\":\"text\",\"content\":\"I start.\"}\n\n");
        var following = FollowAsync(TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.False(following.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(new FollowedReply(IsComplete: false, "I start."), await following);
    }

    [Fact]
    public async Task FollowAsync_StreamThatIsLeftAtTheLimit_IsIncomplete()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), clock);
        var following = FollowAsync(limit.Token);

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new FollowedReply(IsComplete: false, ""), await following);
    }

    [Fact]
    public async Task FollowAsync_StreamThatBreaks_IsIncomplete()
    {
        await SendAsync("data: {\"type\":\"te");
        await pipe.Writer.CompleteAsync(new IOException("reset"));

        Assert.False((await FollowAsync(TestContext.Current.CancellationToken)).IsComplete);
    }

    private async Task<FollowedReply> FollowAsync(CancellationToken cancellationToken)
    {
        var documents = new JobDocuments(new BlobStore(new BlobContainerClient("UseDevelopmentStorage=true", "none")));
        var follower = new ReplyFollower(documents, Options.Create(new JobOptions()), clock);
        using var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) };
        using var reply = NemoReply.Streaming(response);
        return await follower.FollowAsync("job_1", reply, cancellationToken);
    }

    private async Task SendAsync(string text) =>
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
}
