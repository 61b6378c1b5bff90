using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Webhooks;
using Xunit;

namespace NemoVideo.Simulator.Tests.Infrastructure;

public sealed class ReceiverTests
{
    [Fact]
    public async Task WebhookReceiver_WithAnswersSet_GivesEachOnceThenAccepts()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerNext(new WebhookAnswer(503, RetryAfterSeconds: 3));
        using var http = new HttpClient();

        using var first = await http.PostAsync(receiver.Address, new StringContent("one"), TestContext.Current.CancellationToken);
        using var second = await http.PostAsync(receiver.Address, new StringContent("two"), TestContext.Current.CancellationToken);

        Assert.Equal((503, 204), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal(["one", "two"], (await receiver.WaitForAsync(2)).Select(delivery => System.Text.Encoding.UTF8.GetString(delivery.Body.Span)));
    }

    [Fact]
    public async Task Azurite_StartedByTheTests_KeepsBlobs()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var container = azurite.Container(azurite.NewContainerName());
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

        await container.UploadBlobAsync("one", BinaryData.FromString("1"), TestContext.Current.CancellationToken);

        var blob = await container.GetBlobClient("one").DownloadContentAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1", blob.Value.Content.ToString());
    }
}
