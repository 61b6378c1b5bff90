using System.Text.Json.Nodes;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Processes;
using FaceSwap.Testing.Time;
using FaceSwap.Testing.Webhooks;
using FaceSwap.Webhooks;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Renders;
using Xunit;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>Proves from the backend's ledger, the receiver and the result that a job came out as it should.</summary>
internal static class JobProof
{
    /// <summary>The job completed, was paid for once, left no render behind, can be downloaded and was told of.</summary>
    public static async Task CompletedOnceAsync(this Rig rig, string jobId)
    {
        await rig.Jobs.WaitForCompletionAsync(jobId);
        Assert.Equal(SampleMedia.Clip, await rig.Jobs.DownloadAsync(jobId));
        await rig.PaidOnceAsync(jobId);
        await rig.ToldAsync(jobId);
    }

    /// <summary>Exactly one message ran in all the job's sessions, in one that holds the media once, and every render is accounted for.</summary>
    public static async Task PaidOnceAsync(this Rig rig, string jobId)
    {
        // The last byte goes out a moment before the backend writes down that it did.
        var ledger = await Eventually.GivesAsync(
            async () =>
            {
                var view = await rig.Backend.Control.ReadLedgerAsync();
                return RendersOf(view, jobId).Any(render => render.Deliveries > 0) ? view : null;
            },
            "the result was delivered");
        var sessions = SessionsOf(ledger, jobId);
        var messages = ledger.Messages.Where(message => sessions.Contains(message.SessionId)).ToList();
        var executed = Assert.Single(messages, message => message.Executions > 0);
        Assert.Equal((1, 100), (executed.Executions, messages.Sum(message => message.Charged)));
        Assert.Equal(2, ledger.Sessions.Single(session => session.SessionId == executed.SessionId).Files.Count);
        Assert.All(RendersOf(ledger, jobId), render => Assert.True(render is { DraftExact: true, Premature: false, SeenToItsEnd: true }, $"{render}"));
        Assert.Single(RendersOf(ledger, jobId), render => render.Status == RenderStatus.Completed);
        Assert.Empty(ledger.UnknownCalls);
    }

    /// <summary>The receiver heard of the job under one id, with a signature that verifies.</summary>
    public static async Task ToldAsync(this Rig rig, string jobId)
    {
        var secret = await rig.Jobs.ReadWebhookSecretAsync();
        await Eventually.HoldsAsync(() => rig.DeliveriesOf(jobId).Count > 0, "the webhook arrives");
        var deliveries = rig.DeliveriesOf(jobId);
        Assert.Single(deliveries.Select(delivery => delivery.Header(WebhookSignature.IdHeader)).Distinct());
        Assert.All(deliveries, delivery => Assert.Equal(WebhookVerdict.Valid, WebhookSignature.Verify(
            secret,
            delivery.Header(WebhookSignature.IdHeader),
            delivery.Header(WebhookSignature.TimestampHeader),
            delivery.Header(WebhookSignature.SignatureHeader),
            delivery.Body.Span,
            delivery.ReceivedAt)));
    }

    /// <summary>The job was cancelled within its paid message, which may have been charged; nothing was rendered, and its end was told.</summary>
    public static async Task CancelledInDoubtAsync(this Rig rig, string jobId)
    {
        var job = await rig.Jobs.WaitForEndAsync(jobId);
        Assert.Equal(("cancelled", "ambiguous_outcome"), ((string?)job["status"], (string?)job["error"]!["code"]));
        Assert.Contains("may have been charged", (string)job["error"]!["remedy"]!, StringComparison.Ordinal);
        Assert.Single(await rig.MessagesOfAsync(jobId));
        Assert.Empty(RendersOf(await rig.Backend.Control.ReadLedgerAsync(), jobId));
        await rig.ToldAsync(jobId);
    }

    /// <summary>
    /// The job completed, or it ended in doubt for the one reason that there is: its step had claimed the message when it died, and on an
    /// account that others use nobody can tell what came of it.
    /// </summary>
    /// <param name="job">The job, or its line of a batch's results.</param>
    /// <param name="logs">What the hosts wrote.</param>
    public static void CompletedOrInDoubt(JsonObject job, params IEnumerable<ProcessLog> logs)
    {
        if ((string?)job["status"] != "completed")
        {
            var code = job["error"] is JsonObject error ? error["code"] : job["error"];
            Assert.True((string?)code == "ambiguous_outcome", job.ToJsonString());
            var ranAgain = $"Job {job["jobId"] ?? job["id"]}: the message of attempt 1 was claimed before";
            Assert.True(logs.Any(log => log.Lines.Any(line => line.Contains(ranAgain, StringComparison.Ordinal))), $"No step of it ran twice: {job.ToJsonString()}");
        }
    }

    /// <summary>The job is deleted, and nothing of it is left.</summary>
    public static async Task GoneAsync(this Rig rig, string jobId)
    {
        await Eventually.HoldsAsync(async () => (await rig.Jobs.GetAsync($"api/jobs/{jobId}")).Status == 404, "the job is gone", AppHost.JobLimit);
        await Eventually.HoldsAsync(() => rig.NamesOf(jobId).Count == 0, "nothing of it is left");
    }

    /// <summary>The names of the blobs that are kept of these.</summary>
    /// <remarks>That a message spent the account's credits at a moment is remembered for as long as judgements look back to it.</remarks>
    public static IReadOnlyList<string> NamesOf(this Rig rig, params IReadOnlyList<string> ids) => [.. rig.Container.GetBlobs().Select(blob => blob.Name)
        .Where(name => ids.Any(id => name.Contains(id, StringComparison.Ordinal)) && !name.StartsWith("system/uses/", StringComparison.Ordinal))];

    /// <summary>The messages of the job's sessions.</summary>
    public static async Task<IReadOnlyList<Message>> MessagesOfAsync(this Rig rig, string jobId)
    {
        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        var sessions = SessionsOf(ledger, jobId);
        return [.. ledger.Messages.Where(message => sessions.Contains(message.SessionId))];
    }

    /// <summary>What the receiver heard of the job, repetitions included.</summary>
    public static IReadOnlyList<ReceivedWebhook> DeliveriesOf(this Rig rig, string jobId) =>
        [.. rig.Receiver.Received.Where(delivery => delivery.Header(WebhookSignature.IdHeader)?.Contains(jobId, StringComparison.Ordinal) == true)];

    private static HashSet<string> SessionsOf(LedgerView ledger, string jobId) =>
        [.. ledger.Sessions.Where(session => session.TaskName == jobId).Select(session => session.SessionId)];

    private static IEnumerable<Render> RendersOf(LedgerView ledger, string jobId)
    {
        var sessions = SessionsOf(ledger, jobId);
        return ledger.Renders.Where(render => sessions.Contains(render.SessionId));
    }
}
