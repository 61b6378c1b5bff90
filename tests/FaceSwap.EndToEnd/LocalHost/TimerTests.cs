using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

/// <summary>Timer functions run by their schedules, without a call.</summary>
public sealed class TimerTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Timer_OfTheInbox_FiresByItself_AndAgainAfterAKill()
    {
        await using var rig = await Rig.StartAsync(azurite, ("BATCH_SCHEDULE", "* * * * * *"), ("Batches__InboxContainer", "inbox"), ("Batches__InboxSettle", "00:00:00"));
        var inbox = rig.Storage.Container("inbox");
        await inbox.CreateIfNotExistsAsync(cancellationToken: Token);

        await DropAsync("first.txt");
        await rig.Host.KillAsync();
        await rig.Host.StartAsync();
        await DropAsync("second.txt");

        async Task DropAsync(string file)
        {
            await inbox.UploadBlobAsync(file, BinaryData.FromString("This is not for the inbox."), Token);
            await Eventually.HoldsAsync(() => !inbox.GetBlobs(new(), Token).Any(), $"{file} is taken");
        }
    }
}
