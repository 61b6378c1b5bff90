using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Logs;
using Xunit;

namespace FaceSwap.EndToEnd.Webhooks;

/// <summary>Webhook endpoints as a resource.</summary>
public sealed class EndpointTests(AzuriteFixture fixture)
{
    private const string Public = "https://example.com/hook";
    // A configured endpoint is the caller default's.
    private static readonly (string Name, string Value)[] Configured = [("Webhooks__Endpoints__crm__Url", Public), ("Webhooks__MostEndpoints", "2")];
    private const string NoDelivery = "dlv_0000000000000000_0000000000000000";

    [Fact]
    public async Task Endpoint_OverItsLife_IsWhatItsOwnerMadeIt()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, Configured);
        var webhooks = new WebhookCaller(rig);
        var id = await webhooks.CreateAsync(new Uri(Public), "job.failed");
        Assert.Equal(["default", "cfg_crm", id], await IdsAsync(webhooks));
        Assert.Equal(["job.failed"], Events(await webhooks.GetAsync(id)));
        Assert.DoesNotContain("job.progress", Events(await webhooks.GetAsync("cfg_crm")));
        Assert.NotEqual(await webhooks.SecretAsync(id), await webhooks.SecretAsync("default"));

        var patch = new JsonObject { ["url"] = $"{Public}/2", ["description"] = "orders", ["enabled"] = false };
        var (status, changed) = await webhooks.SendAsync(HttpMethod.Patch, $"{WebhookCaller.Root}/{id}", patch);

        Assert.Equal((200, "disabled", $"{Public}/2"), (status, (string?)changed["status"], (string?)changed["url"]));
        Assert.Equal(["job.failed"], Events(changed));
        Assert.Equal(204, (await webhooks.SendAsync(HttpMethod.Delete, $"{WebhookCaller.Root}/{id}")).Status);
        Assert.Equal(["default", "cfg_crm"], await IdsAsync(webhooks));
        Assert.Equal(404, (await webhooks.SendAsync(HttpMethod.Get, $"{WebhookCaller.Root}/{id}")).Status);
        LogAssert.NothingUnexpected(rig.Log);
    }

    [Fact]
    public async Task Create_BeyondTheLimit_IsRefused()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, Configured);
        var webhooks = new WebhookCaller(rig);
        var body = new JsonObject { ["url"] = Public };

        // At the same time, since the limit holds for all of them together.
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => webhooks.SendAsync(HttpMethod.Post, WebhookCaller.Root, body.DeepClone())));

        Assert.Equal([201, 201, 409, 409, 409], answers.Select(answer => answer.Status).Order());
        var ids = await IdsAsync(webhooks);
        Assert.Equal(["default", "cfg_crm"], ids.Take(2));
        Assert.Equal(2, ids.Skip(2).Count());
        foreach (var id in ids.Skip(2))
        {
            Assert.Equal(204, (await webhooks.SendAsync(HttpMethod.Delete, $"{WebhookCaller.Root}/{id}")).Status);
        }
    }

    [Fact]
    public async Task Deliveries_MoreThanAPage_ComeInOrderAndOnce()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture);
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        List<string> sent = [];
        for (var number = 0; number < 5; number++)
        {
            sent.Insert(0, await webhooks.TestAsync(endpoint));
        }

        List<string> listed = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await webhooks.GetAsync(endpoint, $"/deliveries?limit=2&cursor={cursor}");
            listed.AddRange(page["deliveries"]!.AsArray().Select(delivery => (string)delivery!["id"]!));
            cursor = (string?)page["cursor"];
        }

        Assert.Equal(sent, listed);
    }

    [Fact]
    public async Task Requests_ThatAreWrong_AreAnsweredByTheRightProblem()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, Configured);
        var webhooks = new WebhookCaller(rig);
        var id = await webhooks.CreateAsync(new Uri(Public));
        (string Call, string? Body, string Problem)[] wrong =
        [
            ("POST ", "{}", "invalid_request"),
            ("POST ", "[]", "invalid_json"),
            ("POST ", "{\"url\":\"https://example.com\",\"event\":[]}", "invalid_json"),
            ("POST ", "{\"url\":\"ftp://example.com\"}", "address_refused"),
            ("POST ", "{\"url\":\"http://10.0.0.1/hook\"}", "address_refused"),
            ("POST ", "{\"url\":\"http://[fe80::1]/hook\"}", "address_refused"),
            ("POST ", "{\"url\":\"https://user@example.com\"}", "address_refused"),
            ("POST ", "{\"url\":\"https://example.com\",\"events\":[]}", "invalid_request"),
            ("POST ", "{\"url\":\"https://example.com\",\"events\":[\"job.ended\"]}", "invalid_request"),
            ("POST ", "{\"url\":\"https://example.com\",\"events\":[\"webhook.test\"]}", "invalid_request"),
            ("POST ", "{\"url\":\"https://example.com\",\"events\":[\"job.failed\",\"job.failed\"]}", "invalid_request"),
            ("POST ", "{\"url\":\"https://example.com\",\"events\":[null]}", "invalid_request"),
            ("POST ", $"{{\"url\":\"https://example.com\",\"description\":\"{new string('x', 257)}\"}}", "invalid_request"),
            ("POST ", null, "unsupported_content_type"),
            ("GET /whe_none", null, "webhook_endpoint_not_found"),
            ("PATCH /whe_none", "{}", "webhook_endpoint_not_found"),
            ($"PATCH /{id}", "{\"url\":\"\"}", "invalid_request"),
            ("PATCH /cfg_crm", "{\"url\":\"https://example.com\"}", "webhook_endpoint_is_configured"),
            ("PATCH /default", "{\"events\":[\"job.failed\"]}", "webhook_endpoint_is_configured"),
            ("DELETE /cfg_crm", null, "webhook_endpoint_is_configured"),
            ("DELETE /whe_none", null, "webhook_endpoint_not_found"),
            ("GET /whe_none/secret", null, "webhook_endpoint_not_found"),
            ("POST /whe_none/rotate-secret", null, "webhook_endpoint_not_found"),
            ("POST /default/test", null, "invalid_request"),
            ("POST /whe_none/test", null, "webhook_endpoint_not_found"),
            ("GET /whe_none/deliveries", null, "webhook_endpoint_not_found"),
            ($"GET /{id}/deliveries?limit=0", null, "invalid_request"),
            ($"GET /{id}/deliveries?limit=101", null, "invalid_request"),
            ($"GET /{id}/deliveries?status=lost", null, "invalid_request"),
            ($"GET /{id}/deliveries?cursor=%25", null, "invalid_request"),
            ($"GET /{id}/deliveries?cursor=AAAA", null, "invalid_request"),
            ($"GET /{id}/deliveries?cursor=Zm9yZ2Vk", null, "invalid_request"),
            ($"GET /{id}/deliveries?cursor={new string('A', 4000)}", null, "invalid_request"),
            ($"GET /{id}/deliveries/{NoDelivery}%0A", null, "webhook_delivery_not_found"),
            ($"GET /{id}/deliveries/dlv_1", null, "webhook_delivery_not_found"),
            ($"GET /{id}/deliveries/..%2F..%2Fendpoints", null, "webhook_delivery_not_found"),
            ($"GET /{id}/deliveries/{NoDelivery}", null, "webhook_delivery_not_found"),
            ($"POST /{id}/deliveries/{NoDelivery}/redeliver", null, "webhook_delivery_not_found"),
            ($"POST /{id}/recover", "{}", "invalid_request"),
            ($"POST /{id}/recover", "{\"since\":\"yesterday\"}", "invalid_json"),
            ("POST /whe_none/recover", "{\"since\":\"2026-01-01T00:00:00Z\"}", "webhook_endpoint_not_found"),
        ];
        foreach (var (call, body, problem) in wrong)
        {
            var parts = call.Split(' ', 2);
            var (status, answer) = await webhooks.SendAsync(
                HttpMethod.Parse(parts[0]), $"{WebhookCaller.Root}{parts[1]}", body is null ? null : JsonNode.Parse(body));
            Assert.True((string?)answer["code"] == problem && status is >= 400 and < 500, $"{call} {body}: {status} {answer.ToJsonString()}");
        }

        Assert.Equal(204, (await webhooks.SendAsync(HttpMethod.Delete, $"{WebhookCaller.Root}/{id}")).Status);

        LogAssert.NothingUnexpected(rig.Log);
    }

    private static async Task<List<string>> IdsAsync(WebhookCaller webhooks) =>
        [.. (await webhooks.GetAsync(""))["endpoints"]!.AsArray().Select(endpoint => (string)endpoint!["id"]!)];

    private static IEnumerable<string> Events(JsonObject endpoint) => endpoint["events"]!.AsArray().Select(type => (string)type!);
}
