using System.Text;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>No secret stands anywhere but where it belongs.</summary>
public sealed class SecretTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task Secrets_AfterAJobWithFaults_StandInNoLogHistoryBlobOrAnswer()
    {
        await using var rig = await Rig.StartAsync(fixture);
        await rig.Backend.Control.ChooseAsync(new Scenario
        {
            RenderFailures = 1,
            Faults =
            [
                new Fault { Call = BackendCall.Message, Kind = FaultKind.ExpiredToken },
                new Fault { Call = BackendCall.RenderPoll, Kind = FaultKind.ServerError },
                new Fault { Call = BackendCall.Media, Kind = FaultKind.Disconnect },
            ],
        });
        rig.Receiver.AnswerNext(new WebhookAnswer(500));
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);
        await rig.Host.KillAsync();

        var secrets = await SecretsAsync(rig);
        await foreach (var (place, content) in PlacesAsync(rig))
        {
            Assert.All(secrets, secret => Assert.False(Contains(content, secret), $"A secret stands in {place}"));
        }
    }

    private static async Task<List<string>> SecretsAsync(Rig rig)
    {
        var tokens = (await rig.Backend.Control.ReadLedgerAsync()).Tokens.Select(token => token.Value).ToList();
        Assert.Equal(2, tokens.Count);
        await rig.Host.StartAsync();
        var webhookSecret = await rig.Jobs.ReadWebhookSecretAsync();
        await rig.Host.KillAsync();
        return [.. tokens, rig.MasterKey, rig.Host.FunctionKey, webhookSecret["whsec_".Length..]];
    }

    /// <summary>Everything the product writes: log, durable state (write-ahead log included, since the host was killed), blobs, answers, webhooks.</summary>
    private static async IAsyncEnumerable<(string Place, byte[] Content)> PlacesAsync(Rig rig)
    {
        yield return ("the log", Encoding.UTF8.GetBytes(rig.Host.Log.Text));
        yield return ("an answer", Encoding.UTF8.GetBytes(string.Concat(rig.Jobs.Answers)));
        foreach (var file in Directory.EnumerateFiles(rig.Host.StateFolder, "*", SearchOption.AllDirectories))
        {
            yield return (file, await File.ReadAllBytesAsync(file));
        }

        await foreach (var blob in rig.Container.GetBlobsAsync())
        {
            yield return (blob.Name, (await rig.Container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray());
        }

        foreach (var delivery in rig.Receiver.Received)
        {
            yield return ("a webhook", [.. Encoding.UTF8.GetBytes(string.Join('\n', delivery.Headers)), .. delivery.Body.Span]);
        }
    }

    private static bool Contains(byte[] content, string secret) =>
        content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0
        || content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) >= 0
        || content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)))) >= 0;
}
