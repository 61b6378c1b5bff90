using FaceSwap.Batches;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Inbox;
using FaceSwap.Testing.Media;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Inbox;

/// <summary>Two runs over one inbox, of two hosts or of one: whatever the one does between any two steps of the other, each file is one batch, and moved once.</summary>
public sealed class BatchInboxTests
{
    private const string Good = "video,face\nhttps://media.test/1.mp4,https://media.test/face.jpg\n";
    private const string OfAPrefix = """{"prefix":"n/","defaults":{"face":"https://media.test/face.jpg"}}""";
    private const string OfTheLibrary = "video,face\nblob:1.mp4,https://media.test/face.jpg\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Manifest_ThatAnotherRunTakesMeanwhile_IsOneBatch() => AtEachStepAsync(
        inbox => inbox.DropAsync("1.csv", Good),
        inbox => inbox.RunAsync(),
        async inbox =>
        {
            await inbox.IsOneBatchAsync("https://media.test/1.mp4");
            Assert.Equal(["batch-inbox/1.csv"], inbox.Files);
        });

    [Fact]
    public Task Manifest_WhoseBatchEndsMeanwhile_IsMovedOnce() => AtEachStepAsync(
        inbox => inbox.DropAsync("1.csv", Good),
        async inbox =>
        {
            await inbox.RunAsync();
            inbox.EndBatch();
            await inbox.RunAsync();
        },
        async inbox =>
        {
            await inbox.IsOneBatchAsync("https://media.test/1.mp4");
            Assert.Equal(["batch-done/20260101T000000Z-1.csv", "batch-done/20260101T000000Z-1.csv.results.jsonl"], inbox.Files);
        });

    [Fact]
    public Task Manifest_ThatAnotherRunMovesMeanwhile_IsMovedOnce() => AtEachStepAsync(
        async inbox =>
        {
            await inbox.DropAsync("1.csv", Good);
            await inbox.RunAsync();
            inbox.EndBatch();
        },
        inbox => inbox.RunAsync(),
        async inbox =>
        {
            await inbox.IsOneBatchAsync("https://media.test/1.mp4");
            Assert.Equal(["batch-done/20260101T000000Z-1.csv", "batch-done/20260101T000000Z-1.csv.results.jsonl"], inbox.Files);
        });

    [Fact]
    public Task Manifest_ThatAnotherRunRefusesMeanwhile_IsMovedOnce() => AtEachStepAsync(
        inbox => inbox.DropAsync("1.csv", "video\n"),
        inbox => inbox.RunAsync(),
        inbox =>
        {
            Assert.Empty(inbox.Started);
            Assert.Equal(["batch-failed/20260101T000000Z-1.csv", "batch-failed/20260101T000000Z-1.csv.error.json"], inbox.Files);
            return Task.CompletedTask;
        });

    [Fact]
    public Task Manifest_WhoseMediaGoOnceItIsTaken_IsNotRefusedByTheOtherRun() => AtEachStepAsync(
        async inbox =>
        {
            await inbox.PutAsync("batch-media", "1.mp4", BinaryData.FromBytes(SampleMedia.Clip));
            await inbox.DropAsync("1.csv", OfTheLibrary);
        },
        async inbox =>
        {
            await inbox.RunAsync();
            await inbox.DeleteAsync("batch-media", "1.mp4");
        },
        async inbox =>
        {
            await inbox.IsOneBatchAsync("1.mp4");
            Assert.Equal(["batch-inbox/1.csv"], inbox.Files);
        });

    [Fact]
    public Task Manifest_WhosePrefixNamesAnotherFileOnceItIsTaken_HasTheItemsItWasTakenWith() => AtEachStepAsync(
        async inbox =>
        {
            await inbox.PutAsync("batch-media", "n/b.mp4", BinaryData.FromBytes(SampleMedia.Clip));
            await inbox.DropAsync("1.json", OfAPrefix);
        },
        async inbox =>
        {
            await inbox.RunAsync();
            await inbox.PutAsync("batch-media", "n/a.mp4", BinaryData.FromBytes(SampleMedia.Clip));
        },
        inbox => inbox.IsOneBatchAsync("n/b.mp4"));

    /// <summary>Holds a run before each of its requests in turn, each time over an inbox of its own, and lets the other do something there.</summary>
    private static async Task AtEachStepAsync(Func<TwoRuns, Task> arrange, Func<TwoRuns, Task> meanwhile, Func<TwoRuns, Task> check)
    {
        for (var step = 0; ; step++)
        {
            await using var inbox = new TwoRuns();
            await arrange(inbox);
            var (left, reached, release) = (step, new TaskCompletionSource(), new TaskCompletionSource());
            inbox.Product.Blobs.Before = (_, _) =>
            {
                if (Interlocked.Decrement(ref left) != -1)
                {
                    return Task.CompletedTask;
                }

                reached.SetResult();
                return release.Task;
            };

            var held = inbox.RunHeldAsync();
            if (await Task.WhenAny(reached.Task, held) == held)
            {
                await held;
                Assert.InRange(step, 5, 40);
                return;
            }

            // The other run has a time of its own.
            inbox.Product.Time.Advance(TimeSpan.FromSeconds(1));
            await meanwhile(inbox);
            release.SetResult();
            await held;

            await check(inbox);
        }
    }

    /// <summary>Two instances of the app over one storage and one durable store.</summary>
    private sealed class TwoRuns : IAsyncDisposable
    {
        private readonly TestProduct _held = new();
        private readonly TestProduct _other;
        private readonly ScriptedClient _client;

        public TwoRuns() => (_other, _client) = (new TestProduct(_held), new ScriptedClient(_held.Time));

        public TestProduct Product => _held;

        /// <summary>The batches that were started.</summary>
        public IReadOnlyList<BatchInput> Started => [.. _client.Started.Select(started => started.Input).OfType<FaceSwapBatchInput>().Select(input => input.Batch)];

        /// <summary>What lies in the inbox, and where files are moved to.</summary>
        public IReadOnlyList<string> Files => [.. new[] { "batch-inbox/", "batch-done/", "batch-failed/" }.SelectMany(_held.Blobs.NamesUnder)];

        public async Task DropAsync(string name, string content)
        {
            await PutAsync("batch-inbox", name, BinaryData.FromString(content));
            _held.Time.Advance(new BatchOptions().InboxSettle);
        }

        public async Task PutAsync(string container, string name, BinaryData content) =>
            await _held.Blobs.NewClient().GetBlobContainerClient(container).GetBlobClient(name).UploadAsync(content, Token);

        public async Task DeleteAsync(string container, string name) =>
            await _held.Blobs.NewClient().GetBlobContainerClient(container).GetBlobClient(name).DeleteAsync(cancellationToken: Token);

        public Task RunHeldAsync() => _held.Get<BatchInbox>().RunAsync(_client, Token);

        public Task RunAsync() => _other.Get<BatchInbox>().RunAsync(_client, Token);

        public void EndBatch()
        {
            var status = new BatchStatus(BatchState.Completed, new BatchCounts(1, Completed: 1), _held.Time.GetUtcNow());
            _client.Set(Assert.Single(Started).Id, OrchestrationRuntimeStatus.Completed, status, status);
        }

        /// <summary>One was started, it is noted once, and its item is kept once.</summary>
        /// <param name="video">The item's video: its address, or its name in the library.</param>
        public async Task IsOneBatchAsync(string video)
        {
            var batch = Assert.Single(Started);
            Assert.Equal([BatchIndex.MarkOf(batch).Path], _held.Blobs.NamesUnder("batch-index/"));
            Assert.Equal([batch.Key!], _held.Blobs.NamesUnder("keys/"));
            Assert.Equal([$"batches/{batch.ItemsAt}/items/0000.json"], _held.Blobs.NamesUnder($"batches/{batch.Id}/"));
            var item = Assert.Single(await _held.Get<BatchItems>().ReadAsync(batch.ItemsAt, 1, batch.Items, Token)).Item;
            Assert.Equal(video, item.Job.Video!.Address ?? item.Job.Video.Library);
        }

        public async ValueTask DisposeAsync()
        {
            _other.Dispose();
            _held.Dispose();
            await _client.DisposeAsync();
        }
    }
}
