using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FaceSwap.Callers;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Logs;
using FaceSwap.Testing.Time;
using FaceSwap.Testing.Webhooks;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FaceSwap.EndToEnd.Webhooks;

/// <summary>What becomes of a message whose receiver is not always well.</summary>
public sealed class DeliveryTests(AzuriteFixture fixture)
{
    private static readonly (string Name, string Value) TwoAttempts = ("Webhooks__Schedule", "0:00:00,0:00:00.05");
    private static readonly Task Never = new TaskCompletionSource().Task;

    [Fact]
    public async Task Delivery_ReceiverWithEveryIllness_ArrivesUnderOneIdWithFreshTimestamps()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture);
        rig.Receiver.AnswerNext(
            new WebhookAnswer(500, Body: "out of order"),
            new WebhookAnswer(404),
            new WebhookAnswer(302, Location: rig.Receiver.AddressOf("elsewhere").ToString()),
            new WebhookAnswer(200, When: Never),
            new WebhookAnswer(429, RetryAfterSeconds: 2),
            new WebhookAnswer(200, Body: "thanks"));
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);

        var delivery = await webhooks.WaitForAsync(endpoint, await webhooks.TestAsync(endpoint), "delivered");

        var received = rig.Receiver.Received;
        Assert.Equal([500, 404, 302, 200, 429, 200], received.Select(message => message.AnsweredWith));
        Assert.All(received, message => Assert.Equal("/hook", message.Path));
        Assert.Equal((string)delivery["webhookId"]!, Assert.Single(received.Select(message => message.Header("webhook-id")).Distinct()));
        Assert.Single(received.Select(message => Convert.ToBase64String(message.Body.Span)).Distinct());
        var times = received.Select(message => long.Parse(message.Header("webhook-timestamp")!)).ToList();
        Assert.Equal(times.Order(), times);
        Assert.True(received[5].ReceivedAt - received[4].ReceivedAt >= TimeSpan.FromSeconds(2));
        Assert.True(times[5] > times[4]);
        var secret = await webhooks.SecretAsync(endpoint);
        Assert.All(await VerifyAsync(secret, received), verdict => Assert.Equal(StandardWebhooksLibrary.Valid, verdict));
        AssertLogged(delivery);
        LogAssert.NothingUnexpected(rig.Log);
    }

    [Fact]
    public async Task Delivery_GivenUp_IsADeadLetterThatCanBeSentAgain()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, TwoAttempts);
        rig.Receiver.AnswerNext(new WebhookAnswer(500), new WebhookAnswer(500));
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        var id = await webhooks.TestAsync(endpoint);
        await webhooks.WaitForAsync(endpoint, id, "failed");
        var dead = (await webhooks.GetAsync(endpoint, "/deliveries?status=failed"))["deliveries"]!.AsArray();
        Assert.Equal(id, (string?)Assert.Single(dead)!["id"]);

        var (status, _) = await webhooks.SendAsync(HttpMethod.Post, $"{WebhookCaller.Root}/{endpoint}/deliveries/{id}/redeliver");

        Assert.Equal(202, status);
        var delivery = await webhooks.WaitForAsync(endpoint, id, "delivered");
        Assert.Equal(1, (int)delivery["redeliveries"]!);
        Assert.Equal([500, 500, 204], rig.Receiver.Received.Select(message => message.AnsweredWith));
        Assert.Single(rig.Receiver.Received.Select(message => message.Header("webhook-id")).Distinct());
    }

    [Fact]
    public async Task Redelivery_OfOneThatStillWaits_TakesItOver()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture);
        rig.Receiver.AnswerNext(new WebhookAnswer(503, RetryAfterSeconds: 3600));
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        var id = await webhooks.TestAsync(endpoint);
        await webhooks.WaitUntilAsync(endpoint, id, delivery => delivery["attempts"]!.AsArray().Count == 1, "waiting for its second attempt");

        await webhooks.SendAsync(HttpMethod.Post, $"{WebhookCaller.Root}/{endpoint}/deliveries/{id}/redeliver");

        var delivery = await webhooks.WaitForAsync(endpoint, id, "delivered");
        Assert.Equal([1, 2], delivery["attempts"]!.AsArray().Select(attempt => (int)attempt!["run"]!));
        Assert.Equal([503, 204], rig.Receiver.Received.Select(message => message.AnsweredWith));
    }

    [Fact]
    public async Task Redelivery_AfterOneThatNoRecordWasWrittenOf_IsMade()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, TwoAttempts);
        rig.Receiver.AnswerNext(new WebhookAnswer(500), new WebhookAnswer(500));
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        var id = await FailAsync(webhooks, endpoint);
        var record = await RecordOfAsync(rig, id);
        var before = await record.DownloadContentAsync(TestContext.Current.CancellationToken);
        var redeliver = $"{WebhookCaller.Root}/{endpoint}/deliveries/{id}/redeliver";
        await webhooks.SendAsync(HttpMethod.Post, redeliver);
        await webhooks.WaitForAsync(endpoint, id, "delivered");
        await record.UploadAsync(before.Value.Content, overwrite: true, TestContext.Current.CancellationToken);

        // A run ends a moment after its record; until then a second call is taken for the same redelivery.
        await Eventually.HoldsAsync(
            async () =>
            {
                await webhooks.SendAsync(HttpMethod.Post, redeliver);
                return (string?)(await webhooks.GetAsync(endpoint, $"/deliveries/{id}"))["status"] == "delivered";
            },
            "the delivery is made again");

        Assert.True(rig.Receiver.Received.Count >= 4);
    }

    [Fact]
    public async Task Attempt_OfARunThatWasTakenOver_IsNotMade()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite);
        var log = app.Services.GetRequiredService<DeliveryLog>();
        var attempts = app.Services.GetRequiredService<DeliveryAttempts>();
        var message = WebhookMessage.Test(WebhookEndpoint.ForJobs, Guid.Empty, TimeProvider.System.GetUtcNow());
        var target = new WebhookTarget(CallerIds.Default, WebhookEndpoint.ForJobs, receiver.Address.ToString(), null);
        var key = Assert.Single(await log.OpenAsync([target], message, TestContext.Current.CancellationToken));
        var second = new LoggedAttempt(2, 1, message.At, 5, 503, null, null);
        await log.RecordAsync(key, second, DeliveryStatus.Pending, message.At, TestContext.Current.CancellationToken);

        var old = await attempts.MakeAsync(key, 1, TestContext.Current.CancellationToken);
        var current = await attempts.MakeAsync(key, 2, TestContext.Current.CancellationToken);

        Assert.Equal((WebhookAttemptVerdict.Superseded, WebhookAttemptVerdict.Delivered), (old.Verdict, current.Verdict));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Recover_SinceATime_SendsTheGivenUpOnesOfThenAgain()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, TwoAttempts);
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        rig.Receiver.AnswerNext([.. Enumerable.Repeat(new WebhookAnswer(500), 6)]);
        var early = await FailAsync(webhooks, endpoint);
        string[] late = [await FailAsync(webhooks, endpoint), await FailAsync(webhooks, endpoint)];
        var since = (await webhooks.GetAsync(endpoint, $"/deliveries/{late[0]}"))["at"]!.DeepClone();

        var (status, _) = await webhooks.SendAsync(HttpMethod.Post, $"{WebhookCaller.Root}/{endpoint}/recover", new JsonObject { ["since"] = since });

        Assert.Equal(202, status);
        foreach (var id in late)
        {
            await webhooks.WaitForAsync(endpoint, id, "delivered");
        }

        Assert.Equal("failed", (string?)(await webhooks.GetAsync(endpoint, $"/deliveries/{early}"))["status"]);
        Assert.Equal(8, rig.Receiver.Received.Count);
    }

    [Fact]
    public async Task Delivery_AnsweredWith410_EndsAndDisablesTheEndpoint()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture);
        rig.Receiver.AnswerNext(new WebhookAnswer(410));
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        var id = await webhooks.TestAsync(endpoint);

        await webhooks.WaitForAsync(endpoint, id, "failed");

        Assert.Equal("gone", (string?)(await webhooks.GetAsync(endpoint))["status"]);
        Assert.Equal(422, (await webhooks.SendAsync(HttpMethod.Post, $"{WebhookCaller.Root}/{endpoint}/test")).Status);
        await webhooks.SendAsync(HttpMethod.Patch, $"{WebhookCaller.Root}/{endpoint}", new JsonObject { ["enabled"] = true });
        await webhooks.WaitForAsync(endpoint, await webhooks.TestAsync(endpoint), "delivered");
        Assert.Equal([410, 204], rig.Receiver.Received.Select(message => message.AnsweredWith));
    }

    [Fact]
    public async Task Rotation_ForADay_SignsWithBothSecrets()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture);
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        var old = await webhooks.SecretAsync(endpoint);

        var (status, rotated) = await webhooks.SendAsync(HttpMethod.Post, $"{WebhookCaller.Root}/{endpoint}/rotate-secret");
        await webhooks.TestAsync(endpoint);
        var received = (await rig.Receiver.WaitForAsync(1))[0];

        var secret = (string)rotated["key"]!;
        Assert.Equal((200, secret), (status, await webhooks.SecretAsync(endpoint)));
        Assert.NotEqual(old, secret);
        var until = (DateTimeOffset)Assert.Single(rotated["formerSignUntil"]!.AsArray())!;
        Assert.True(until - (DateTimeOffset)(await webhooks.GetAsync(endpoint))["createdAt"]! >= TimeSpan.FromHours(24));
        Assert.Equal(2, received.Header("webhook-signature")!.Split(' ').Length);
        Assert.Equal(
            [StandardWebhooksLibrary.Valid, StandardWebhooksLibrary.Valid],
            await StandardWebhooksLibrary.AskAsync(LibraryCase.Verify(secret, received), LibraryCase.Verify(old, received)));
    }

    private static async Task<BlobClient> RecordOfAsync(Rig rig, string delivery)
    {
        var blobs = rig.Container.GetBlobsAsync(new GetBlobsOptions { Prefix = "webhooks/" });
        return rig.Container.GetBlobClient((await blobs.SingleAsync(blob => blob.Name.EndsWith($"/{delivery}.json", StringComparison.Ordinal))).Name);
    }

    private static async Task<string> FailAsync(WebhookCaller webhooks, string endpoint)
    {
        var id = await webhooks.TestAsync(endpoint);
        await webhooks.WaitForAsync(endpoint, id, "failed");
        return id;
    }

    private static Task<IReadOnlyList<string>> VerifyAsync(string secret, IReadOnlyList<ReceivedWebhook> received) =>
        StandardWebhooksLibrary.AskAsync([.. received.Select(message => LibraryCase.Verify(secret, message))]);

    private static void AssertLogged(JsonObject delivery)
    {
        var attempts = delivery["attempts"]!.AsArray();
        Assert.Equal([500, 404, 302, null, 429, 200], attempts.Select(attempt => (int?)attempt!["status"]));
        Assert.Equal([1, 2, 3, 4, 5, 6], attempts.Select(attempt => (int)attempt!["number"]!));
        Assert.Equal(("out of order", "thanks"), ((string?)attempts[0]!["answer"], (string?)attempts[5]!["answer"]));
        Assert.Equal("timeout", (string?)attempts[3]!["problem"]);
        Assert.True((long)attempts[3]!["latencyMs"]! >= 4500);
        Assert.Equal(WebhookEventTypes.Test, (string?)delivery["payload"]!["type"]);
    }
}
