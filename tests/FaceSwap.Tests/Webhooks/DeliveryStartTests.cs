using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

/// <summary>Which deliveries are started, by a job's events, again by hand, and by a recovery.</summary>
public sealed class DeliveryStartTests : IAsyncDisposable
{
    private const string Owner = "caller";
    private const string Endpoint = "whe_1";
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WebhookTarget Everything = new(Owner, Endpoint, null, null);
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DeliveryLog Log => _product.Get<DeliveryLog>();

    private DeliveryStart Deliveries => _product.Get<DeliveryStart>();

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Start_GoesToThoseWhoHear()
    {
        var failures = new WebhookTarget(Owner, "whe_2", null, [WebhookEventTypes.JobFailed]);
        var message = Message(0);

        var started = await Deliveries.StartAsync(_client, [Everything, failures], message, Token);

        var key = DeliveryKey.Of(Everything, message);
        Assert.Equal([key], started);
        var (orchestrator, id, input) = Assert.Single(_client.Started);
        Assert.Equal((nameof(WebhookDelivery), $"webhook-{key.Id}"), (orchestrator, id));
        Assert.Equivalent(new WebhookDeliveryInput(key, 1, new WebhookOptions().Waits()), input, strict: true);
        Assert.Equal(DeliveryStatus.Pending, (await Log.GetAsync(key, Token)).Status);
    }

    [Fact]
    public async Task Start_ThatDiedAfterTheRecord_IsCompletedByTheNext()
    {
        var message = Message(0);
        _client.Before = _ => throw new IOException("The connection broke.");
        var died = await Assert.ThrowsAsync<FaceSwapException>(() => Deliveries.StartAsync(_client, [Everything], message, Token));
        Assert.Equal(ErrorCodes.StartUnknown, died.Code);
        _client.Before = null;

        await Deliveries.StartAsync(_client, [Everything], message, Token);
        await Deliveries.StartAsync(_client, [Everything], message, Token);

        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task Again_AskedTwice_StartsOneRun()
    {
        var key = await DeliveredAsync(0, DeliveryStatus.Failed);

        await Deliveries.AgainAsync(_client, key, 1, Token);
        await Deliveries.AgainAsync(_client, key, 1, Token);

        var (_, id, input) = Assert.Single(_client.Started);
        Assert.Equal($"webhook-{key.Id}-2", id);
        Assert.Equal(2, ((WebhookDeliveryInput)input!).Run);
    }

    [Fact]
    public async Task Again_WhereRunsEndedUnknownToTheRecord_TakesTheNextOne()
    {
        var key = await DeliveredAsync(0, DeliveryStatus.Failed);
        _client.Set(key.InstanceId(2), OrchestrationRuntimeStatus.Completed);
        _client.Set(key.InstanceId(3), OrchestrationRuntimeStatus.Failed);

        await Deliveries.AgainAsync(_client, key, 1, Token);

        Assert.Equal([key.InstanceId(4)], _client.Started.Select(started => started.Id));
    }

    [Theory]
    [InlineData(WebhookEventTypes.JobStarted, true)]
    [InlineData(WebhookEventTypes.JobCompleted, false)]
    public async Task JobEvent_WithSomebodyWhoHearsOfProgress_StartsTheReportsAtItsStart(string type, bool starts)
    {
        WebhookTarget[] targets = [Everything, new(Owner, "whe_2", null, [WebhookEventTypes.JobProgress])];

        await TellAsync(type, targets);
        await TellAsync(type, targets);

        var reports = _client.Started.Where(started => started.Orchestrator == nameof(JobProgressReports)).ToArray();
        Assert.Equal(starts ? ["progress-job_1"] : [], reports.Select(started => started.Id));
        Assert.Equal(1, _client.Started.Count(started => started.Orchestrator == nameof(WebhookDelivery)));
        if (starts)
        {
            Assert.Equivalent(new JobProgressReportsInput("job_1", targets, TimeSpan.FromSeconds(10)), reports[0].Input, strict: true);
        }
    }

    [Fact]
    public async Task JobEvent_WithNobodyWhoHearsOfProgress_StartsNoReports()
    {
        await TellAsync(WebhookEventTypes.JobStarted, [Everything]);

        var (orchestrator, _, input) = Assert.Single(_client.Started);
        Assert.Equal(nameof(WebhookDelivery), orchestrator);
        var sent = await Log.GetAsync(((WebhookDeliveryInput)input!).Delivery, Token);
        Assert.Equal(("msg_job_1_started", WebhookEventTypes.JobStarted, At.AddSeconds(1), "job_1"), (sent.Message.Id, sent.Message.Type, sent.Message.At, sent.Message.JobId));
    }

    [Fact]
    public async Task Recovery_SendsTheDeadLettersSinceThenAndNothingElse()
    {
        var tooOld = await DeliveredAsync(0, DeliveryStatus.Failed);
        var dead = await DeliveredAsync(1, DeliveryStatus.Failed);
        var deadAgain = await DeliveredAsync(2, DeliveryStatus.Failed, run: 3);
        await DeliveredAsync(3, DeliveryStatus.Pending);
        await DeliveredAsync(4, DeliveryStatus.Delivered);

        Assert.Null(await RecoverAsync(At.AddHours(1), null));

        Assert.Equal(new[] { dead.InstanceId(2), deadAgain.InstanceId(4) }.Order(), _client.Started.Select(started => started.Id).Order());
        Assert.DoesNotContain(_client.Started, started => started.Id.Contains(tooOld.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recovery_GoesOnPageByPageUntilTheTimeAskedFor()
    {
        for (var hour = 0; hour < 120; hour++)
        {
            await DeliveredAsync(hour, DeliveryStatus.Failed);
        }

        var second = await RecoverAsync(At.AddHours(60), null);
        Assert.NotNull(second);
        Assert.Equal(50, _client.Started.Count);
        Assert.Null(await RecoverAsync(At.AddHours(60), second));
        Assert.Equal(60, _client.Started.Count);
    }

    [Fact]
    public async Task RecoveryOrchestrator_WithAnotherPage_GoesOnWithIt()
    {
        var input = new WebhookRecoveryInput(Owner, Endpoint, At);
        foreach (var (cursor, next) in new[] { ("page 2", input with { Cursor = "page 2" }), (null, null) })
        {
            var context = new ScriptedContext();
            var failures = 2;
            context.Script(nameof(DeliverySteps.RecoverDeliveries), _ => failures-- > 0 ? throw new InvalidOperationException("Storage is away.") : cursor);

            await WebhookRecovery.RunAsync(context, input);

            Assert.Equal(next, context.ContinuedWith);
            Assert.Equal([0, 2, 6], context.Calls.Select(call => (call.At - ScriptedContext.Start).TotalSeconds));
        }
    }

    [Fact]
    public async Task Reports_AreMadeEachIntervalUntilTheJobHasEnded()
    {
        var context = new ScriptedContext();
        context.Script(nameof(EventSteps.ReportProgress), input => ((ReportProgressInput)input!).Last is { Number: 2 } last
            ? last with { HasEnded = true }
            : context.CallsOf(nameof(EventSteps.ReportProgress)) == 2 ? throw new InvalidOperationException("Storage is away.")
            : ((ReportProgressInput)input!).Last with { Number = ((ReportProgressInput)input!).Last.Number + 1 });

        await JobProgressReports.RunAsync(context, new JobProgressReportsInput("job_1", [Everything], TimeSpan.FromSeconds(10)));

        Assert.Null(context.ContinuedWith);
        Assert.Equal([10, 20, 30, 40], context.Calls.Select(call => (call.At - ScriptedContext.Start).TotalSeconds));
        var reports = context.InputsOf<ReportProgressInput>();
        Assert.Equal([0, 1, 1, 2], reports.Select(report => report.Last.Number));
        Assert.Equal(context.Calls.Select(call => new DateTimeOffset(call.At)), reports.Select(report => report.At));
    }

    [Fact]
    public async Task Reports_OfALongJob_GoOnInANewHistory()
    {
        var context = new ScriptedContext();
        context.Script(nameof(EventSteps.ReportProgress), input => ((ReportProgressInput)input!).Last with { Number = 7 });
        var input = new JobProgressReportsInput("job_1", [Everything], TimeSpan.FromSeconds(10));

        await JobProgressReports.RunAsync(context, input);

        Assert.Equal(50, context.Calls.Count);
        Assert.Equal(input with { Last = new ProgressReport(7, JobStage.Queued, 0, null, false) }, context.ContinuedWith);
    }

    private static WebhookMessage Message(int hour) => new($"msg_{hour}", WebhookEventTypes.JobCompleted, At.AddHours(hour), "job_1", "{}");

    private Task TellAsync(string type, IReadOnlyList<WebhookTarget> targets)
    {
        var job = new JobInput(
            "job_1", CallerIds.Default, At, "https://example.com/api", null, null, null, "swap", "en", null, JobPolicy.From(new JobOptions()));
        var status = new JobStatus(JobStage.Staging, 0, [new StageEntry(JobStage.Queued, At), new StageEntry(JobStage.Staging, At.AddSeconds(1))]);
        return _product.New<EventSteps>().StartWebhooks(new StartWebhooksInput(job, targets, type, status), _client, Token);
    }

    private Task<string?> RecoverAsync(DateTimeOffset since, string? cursor) =>
        _product.New<DeliverySteps>().RecoverDeliveries(new WebhookRecoveryInput(Owner, Endpoint, since, cursor), _client, Token);

    /// <summary>A delivery of this hour's message that has come to this.</summary>
    private async Task<DeliveryKey> DeliveredAsync(int hour, DeliveryStatus status, int run = 1)
    {
        var key = Assert.Single(await Log.OpenAsync([Everything], Message(hour), Token));
        await Log.RecordAsync(key, new LoggedAttempt(run, 1, At, 5, 500, null, null), status, null, Token);
        return key;
    }
}
