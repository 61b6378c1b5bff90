using System.Text;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>No secret stands anywhere but where it belongs.</summary>
public sealed class SecretTests(AzuriteFixture fixture)
{
    private const string Answer = "an answer";

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
        var signature = await SignatureOfTheResultAsync(rig, id);
        await rig.Host.KillAsync();

        var secrets = await SecretsAsync(rig);
        var places = new HashSet<string>();
        await foreach (var (place, content) in PlacesAsync(rig))
        {
            places.Add(place);
            Assert.All(secrets, secret => Assert.False(Contains(content, secret), $"A secret stands in {place}"));
            Assert.False(place != Answer && Contains(content, signature), $"A signed address stands in {place}");
        }

        // The histories were among them.
        Assert.Contains($"{rig.Host.TaskHub}History", places);
    }

    /// <summary>Calls for the result as a browser does, with the key in the address, and returns the signature of where it was sent.</summary>
    private static async Task<string> SignatureOfTheResultAsync(Rig rig, string id)
    {
        using var caller = new HttpClient { BaseAddress = rig.Host.Address };
        caller.DefaultRequestHeaders.Authorization = rig.Jobs.Http.DefaultRequestHeaders.Authorization;
        using var response = await caller.GetAsync(new Uri($"api/jobs/{id}/result?code={rig.Host.FunctionKey}", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        var parameters = response.RequestMessage!.RequestUri!.Query.TrimStart('?').Split('&');
        return parameters.Single(parameter => parameter.StartsWith("sig=", StringComparison.Ordinal))["sig=".Length..];
    }

    private static async Task<List<string>> SecretsAsync(Rig rig)
    {
        var tokens = (await rig.Backend.Control.ReadLedgerAsync()).Tokens.Select(token => token.Value).ToList();
        Assert.Equal(2, tokens.Count);
        await rig.Host.StartAsync();
        var webhookSecret = await rig.Jobs.ReadWebhookSecretAsync();
        await rig.Host.KillAsync();
        return [.. tokens, rig.MasterKey, rig.Host.FunctionKey, webhookSecret["whsec_".Length..], rig.Storage.Key];
    }

    /// <summary>Everything the product writes: log, durable state, blobs, answers, webhooks.</summary>
    private static async IAsyncEnumerable<(string Place, byte[] Content)> PlacesAsync(Rig rig)
    {
        yield return ("the log", Encoding.UTF8.GetBytes(rig.Log.Text));
        yield return (Answer, Encoding.UTF8.GetBytes(string.Concat(rig.Jobs.Answers)));
        await foreach (var blob in rig.Storage.ReadBlobsAsync(rig.Container.Name))
        {
            yield return blob;
        }

        // The durable state lies in tables, and what is large in blobs.
        await foreach (var entity in rig.Storage.ReadTablesAsync(rig.Host.TaskHub))
        {
            yield return entity;
        }

        await foreach (var blob in rig.Storage.ReadBlobsAsync(rig.Host.TaskHub))
        {
            yield return blob;
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
