using System.Net;
using FaceSwap.Errors;
using FaceSwap.Tests.Product;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;
using Xunit;

namespace FaceSwap.Tests.Webhooks.Deliveries;

/// <summary>The log of deliveries, and the attempts that are made from it.</summary>
public sealed class DeliveriesTests : IDisposable
{
    private const string Owner = "caller";
    private const string Url = "https://receiver.test/hook";
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WebhookMessage Message = new("msg_1", WebhookEventTypes.JobCompleted, At, "job_1", """{"a":1}""");
    private readonly TestProduct _product = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DeliveryLog Log => _product.Get<DeliveryLog>();

    private WebhookEndpoints Endpoints => _product.Get<WebhookEndpoints>();

    public void Dispose() => _product.Dispose();

    [Fact]
    public void Key_OfAMessageAndATarget_IsAlwaysTheSame()
    {
        var key = DeliveryKey.Of(new WebhookTarget("o", "e", null, null), Message);

        Assert.Equal(new DeliveryKey("o", "e", "dlv_7721b7374b07ffff_eecbdbba5156215b"), key);
        Assert.Equal(key, DeliveryKey.Of(new WebhookTarget("o", "e", "https://other.test/", [WebhookEventTypes.Test]), Message with { Body = "{}" }));
        Assert.NotEqual(key.Id, DeliveryKey.Of(new WebhookTarget("o", "f", null, null), Message).Id);
        Assert.NotEqual(key.Id, DeliveryKey.Of(new WebhookTarget("o", "e", null, null), Message with { Id = "msg_2" }).Id);
        Assert.Equal(($"webhook-{key.Id}", $"webhook-{key.Id}-2"), (key.InstanceId(1), key.InstanceId(2)));
    }

    [Theory]
    [InlineData("dlv_0000000000000000_0123456789abcdef", true)]
    [InlineData("dlv_7fffffffffffffff_ffffffffffffffff", true)]
    [InlineData("dlv_8000000000000000_0123456789abcdef", false)]
    [InlineData("dlv_000000000000000_0123456789abcdef", false)]
    [InlineData("dlv_00000000000000000_0123456789abcdef", false)]
    [InlineData("dlv_0000000000000000_0123456789abcde", false)]
    [InlineData("dlv_0000000000000000_0123456789abcdef0", false)]
    [InlineData("dlv_0000000000000000_0123456789ABCDEF", false)]
    [InlineData("dlv_0000000000000000_0123456789abcdef\n", false)]
    [InlineData(" dlv_0000000000000000_0123456789abcdef", false)]
    [InlineData("../dlv_0000000000000000_0123456789abcde", false)]
    [InlineData("", false)]
    public void Key_IsAnIdOfThisFormAlone(string id, bool isValid) => Assert.Equal(isValid, DeliveryKey.IsValid(id));

    [Fact]
    public async Task Find_ByWhatIsNoId_AsksNobody()
    {
        Assert.Null(await Log.FindAsync(new DeliveryKey(Owner, "e", "../endpoints"), Token));

        Assert.Empty(_product.Blobs.Requests);
    }

    [Fact]
    public async Task Open_ASecondTime_LeavesWhatWasDone()
    {
        var targets = Enumerable.Range(0, 20).Select(number => new WebhookTarget(Owner, $"e{number}", null, null)).ToArray();
        var opened = await Log.OpenAsync(targets, Message, Token);
        Assert.Equal(targets.Select(target => DeliveryKey.Of(target, Message)), opened);
        Assert.Equivalent(
            new DeliveryRecord(opened[0].Id, "e0", Message, null, DeliveryStatus.Pending, 1, At, []), await Log.GetAsync(opened[0], Token), strict: true);

        await Log.RecordAsync(opened[0], Attempt(1, 1), DeliveryStatus.Delivered, null, Token);
        Assert.Equal(opened, await Log.OpenAsync(targets, Message, Token));

        var record = await Log.GetAsync(opened[0], Token);
        Assert.Equal((DeliveryStatus.Delivered, null), (record.Status, record.NextAttemptAt));
        Assert.Equal([Attempt(1, 1)], record.Attempts);
    }

    [Fact]
    public async Task Record_OfADeliveryThatIsGone_DoesNotBringItBack()
    {
        var key = new DeliveryKey(Owner, "e", "dlv_0000000000000000_0123456789abcdef");

        await Log.RecordAsync(key, Attempt(1, 1), DeliveryStatus.Failed, null, Token);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => Log.GetAsync(key, Token));
        Assert.Equal(ErrorCodes.DeliveryNotFound, failure.Code);
    }

    [Fact]
    public async Task Record_OfAnOlderRun_ChangesNothing()
    {
        var key = await OpenAsync(new WebhookTarget(Owner, "e", null, null));
        await Log.RecordAsync(key, Attempt(2, 1), DeliveryStatus.Delivered, null, Token);

        await Log.RecordAsync(key, Attempt(1, 9), DeliveryStatus.Failed, At, Token);
        Assert.Equal((DeliveryStatus.Delivered, 2, null), await StateAsync(key));

        await Log.RecordAsync(key, Attempt(2, 2), DeliveryStatus.Pending, At, Token);
        Assert.Equal((DeliveryStatus.Pending, 2, At), await StateAsync(key));
    }

    [Fact]
    public async Task Page_AfterPage_GivesEveryDeliveryNewestFirst()
    {
        for (var hour = 0; hour < 5; hour++)
        {
            await Log.OpenAsync([new WebhookTarget(Owner, "e", null, null)], Message with { At = At.AddHours(hour) }, Token);
        }

        await Log.OpenAsync([new WebhookTarget(Owner, "e2", null, null), new WebhookTarget("somebody", "e", null, null)], Message, Token);
        var (pages, cursor) = (new List<DeliveryPage>(), default(string));
        do
        {
            pages.Add(await Log.PageAsync(Owner, "e", cursor, 2, Token));
            cursor = pages[^1].Cursor;
        }
        while (cursor is not null);

        Assert.Equal([2, 2, 1], pages.Select(page => page.Deliveries.Count));
        Assert.Equal([4, 3, 2, 1, 0], pages.SelectMany(page => page.Deliveries).Select(delivery => (delivery.Message.At - At).Hours));
    }

    [Fact]
    public async Task Attempt_IsMadeToWhereTheEndpointIsNowWithTheSecretsOfNow()
    {
        var endpoint = await Endpoints.CreateAsync(Owner, Url, null, null, Token);
        var key = await OpenAsync(new WebhookTarget(Owner, endpoint.Id, null, null));
        await Endpoints.RotateAsync(Owner, endpoint.Id, Token);
        var now = await Endpoints.ChangeAsync(Owner, endpoint.Id, changed => changed with { Url = "https://moved.test/there" }, Token);
        var signatures = "";
        _product.Web.On("there", request =>
        {
            signatures = Assert.Single(request.Headers.GetValues(WebhookSignature.SignatureHeader));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        });

        var attempt = await MakeAsync(key);

        Assert.Equal((WebhookAttemptVerdict.Delivered, 204), (attempt.Verdict, attempt.Status));
        var secrets = _product.Get<WebhookSecrets>().Signing(Owner, now);
        Assert.Equal(2, secrets.Count);
        Assert.Equal(
            secrets.Select(secret => WebhookSignature.Sign(secret, Message.Id, attempt.At, """{"a":1}"""u8)), signatures.Split(' '));
    }

    [Fact]
    public async Task Attempt_OfAJobsOwnReceiver_GoesThere()
    {
        var key = await OpenAsync(new WebhookTarget(Owner, WebhookEndpoint.ForJobs, Url, null));

        await MakeAsync(key);

        Assert.Equal(["POST hook"], _product.Web.Requests);
    }

    [Theory]
    [InlineData(410, EndpointStatus.Gone)]
    [InlineData(404, EndpointStatus.Enabled)]
    public async Task Attempt_AnsweredWithGone_EndsTheEndpoint(int status, EndpointStatus expected)
    {
        var endpoint = await Endpoints.CreateAsync(Owner, Url, null, null, Token);
        var key = await OpenAsync(new WebhookTarget(Owner, endpoint.Id, null, null));
        _product.Web.On("hook", () => ScriptedBackend.Json("", status));

        await MakeAsync(key);

        Assert.Equal(expected, (await Endpoints.GetAsync(Owner, endpoint.Id, Token)).Status);
    }

    [Fact]
    public async Task Attempt_OneJobsReceiverAnsweredGone_TheOtherJobsReceiversAreSentTo()
    {
        _product.Web.On("hook", () => ScriptedBackend.Json("", 410));

        var attempt = await MakeAsync(await OpenAsync(new WebhookTarget(Owner, WebhookEndpoint.ForJobs, Url, null)));

        Assert.Equal(WebhookAttemptVerdict.GivenUp, attempt.Verdict);
        Assert.True((await Endpoints.GetAsync(Owner, WebhookEndpoint.ForJobs, Token)).IsEnabled);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("deleted")]
    [InlineData("without an address")]
    public async Task Attempt_WithNobodyToSendTo_IsGivenUp(string why)
    {
        var endpoint = await Endpoints.CreateAsync(Owner, Url, null, null, Token);
        var key = await OpenAsync(new WebhookTarget(Owner, why == "without an address" ? WebhookEndpoint.ForJobs : endpoint.Id, null, null));
        await (why == "deleted"
            ? Endpoints.DeleteAsync(Owner, endpoint.Id, Token)
            : Endpoints.ChangeAsync(Owner, endpoint.Id, changed => changed with { Status = EndpointStatus.Disabled }, Token));

        Assert.Equal(
            new WebhookAttempt(WebhookAttemptVerdict.GivenUp, _product.Time.GetUtcNow(), Problem: AttemptProblem.EndpointDisabled), await MakeAsync(key));
        Assert.Empty(_product.Web.Requests);
    }

    [Fact]
    public async Task Attempt_OfARunThatALaterOneHasTakenOver_IsNotMade()
    {
        var endpoint = await Endpoints.CreateAsync(Owner, Url, null, null, Token);
        var key = await OpenAsync(new WebhookTarget(Owner, endpoint.Id, null, null));
        await Log.RecordAsync(key, Attempt(2, 1), DeliveryStatus.Pending, At, Token);

        Assert.Equal(new WebhookAttempt(WebhookAttemptVerdict.Superseded, _product.Time.GetUtcNow()), await MakeAsync(key));
        Assert.Equal(WebhookAttemptVerdict.Superseded, (await MakeAsync(key with { Id = "dlv_0000000000000000_0123456789abcdef" })).Verdict);
        Assert.Empty(_product.Web.Requests);

        await MakeAsync(key, run: 2);
        await MakeAsync(key, run: 3);
        Assert.Equal(2, _product.Web.Requests.Count);
    }

    private static LoggedAttempt Attempt(int run, int number) => new(run, number, At, 5, 500, null, "answer");

    private async Task<DeliveryKey> OpenAsync(WebhookTarget target) => Assert.Single(await Log.OpenAsync([target], Message, Token));

    private Task<WebhookAttempt> MakeAsync(DeliveryKey key, int run = 1) => _product.Get<DeliveryAttempts>().MakeAsync(key, run, Token);

    private async Task<(DeliveryStatus Status, int Run, DateTimeOffset? Next)> StateAsync(DeliveryKey key)
    {
        var record = await Log.GetAsync(key, Token);
        return (record.Status, record.Run, record.NextAttemptAt);
    }
}
