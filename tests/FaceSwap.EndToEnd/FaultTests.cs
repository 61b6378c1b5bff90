using FaceSwap.EndToEnd.Drivers;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>The faults that ordinary days bring.</summary>
public sealed class FaultTests(RigFixture fixture, AzuriteFixture azurite) : IClassFixture<RigFixture>
{
    [Theory]
    [InlineData(BackendCall.SessionCreate)]
    [InlineData(BackendCall.Upload)]
    [InlineData(BackendCall.State)]
    [InlineData(BackendCall.Credits)]
    [InlineData(BackendCall.Message)]
    [InlineData(BackendCall.RenderSubmit)]
    [InlineData(BackendCall.RenderPoll)]
    public async Task Job_WhoseTokenExpires_RenewsItWithTheSameClient(BackendCall call)
    {
        var rig = fixture.Rig;

        // Has the app a token.
        await rig.Jobs.GetAsync("api/credits");
        var before = await rig.Backend.Control.ReadLedgerAsync();
        var fault = new Fault { Call = call, Kind = FaultKind.ExpiredToken };
        var scenario = await rig.Backend.Control.ChooseAsync(new Scenario { ClientId = before.Accounts[0].ClientId, Faults = [fault] });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        await rig.Backend.Control.ChooseAsync(new Scenario { ClientId = scenario.ClientId });
        Assert.Equal((1, before.Tokens.Count + 1), (ledger.Accounts.Count, ledger.Tokens.Count));
    }

    [Theory]
    [InlineData(BackendCall.SessionCreate, null)]
    [InlineData(BackendCall.Upload, 0)]
    [InlineData(BackendCall.State, null)]
    [InlineData(BackendCall.Message, 0)]
    [InlineData(BackendCall.RenderSubmit, null)]
    [InlineData(BackendCall.RenderPoll, 0)]
    public Task Job_ThatIsRateLimited_WaitsAndGoesOn(BackendCall call, int? retryAfter) =>
        CompletesDespiteAsync(new Fault { Call = call, Kind = FaultKind.RateLimited, RetryAfterSeconds = retryAfter });

    [Theory]
    [InlineData(BackendCall.SessionCreate, FaultKind.ServerError)]
    [InlineData(BackendCall.Upload, FaultKind.ServerError)]
    [InlineData(BackendCall.Upload, FaultKind.LostAnswer)]
    [InlineData(BackendCall.Upload, FaultKind.LostSession)]
    [InlineData(BackendCall.State, FaultKind.Disconnect)]
    [InlineData(BackendCall.Message, FaultKind.LostSession)]
    [InlineData(BackendCall.RenderSubmit, FaultKind.ServerError)]
    [InlineData(BackendCall.RenderSubmit, FaultKind.LostAnswer)]
    [InlineData(BackendCall.RenderPoll, FaultKind.ServerError)]
    [InlineData(BackendCall.Media, FaultKind.ServerError)]
    [InlineData(BackendCall.Media, FaultKind.Disconnect)]
    public Task Job_WhoseBackendStumbles_GoesOn(BackendCall call, FaultKind kind) =>
        CompletesDespiteAsync(new Fault { Call = call, Kind = kind });

    [Fact]
    public async Task Job_WhoseFirstTokenIsRateLimited_WaitsAndGoesOn()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        var fault = new Fault { Call = BackendCall.AnonymousToken, Kind = FaultKind.RateLimited };
        await rig.Backend.Control.ChooseAsync(new Scenario { Faults = [fault] });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());
    }

    [Fact]
    public Task Job_WhoseEditIsSilent_IsProvenByTheState() => CompletesAsync(new Scenario { Silent = true });

    [Fact]
    public Task Job_WhoseUploadIsNotConfirmed_ReadsTheStateBeforeItPays() => CompletesAsync(new Scenario { UploadShape = UploadShape.Unconfirmed });

    [Fact]
    public Task Job_WhoseUploadIsDropped_PaysInAnotherSession() => CompletesAsync(new Scenario { UploadShape = UploadShape.Dropped, NextSessions = 1 });

    [Fact]
    public Task Job_WhoseRenderFailsOnce_TakesASecondRender() => CompletesAsync(new Scenario { RenderFailures = 1 });

    [Theory]
    [InlineData(CutPlace.BeforeHeaders)]
    [InlineData(CutPlace.Boundary)]
    [InlineData(CutPlace.MidEvent)]
    [InlineData(CutPlace.MidCharacter)]
    [InlineData(CutPlace.AfterLast)]
    public Task Job_WhoseStreamBreaks_WaitsForTheStateToTell(CutPlace place) =>
        CompletesAsync(new Scenario { Cut = new Cut { AfterEvents = 1, Place = place } });

    [Theory]
    [InlineData(CutPlace.BeforeHeaders)]
    [InlineData(CutPlace.MidEvent)]
    public async Task Job_WhoseStreamBreaksAndWhoseEditIsCancelled_SendsASecondOneAndPaysOnce(CutPlace place)
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);

        var id = await CancelledEditAsync(rig, place);

        await rig.CompletedOnceAsync(id);
        Assert.Equal(2, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    [Fact]
    public async Task Job_WhoseEditIsCancelledOnAnAccountThatOthersUse_SendsNoSecondOne()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        var id = await CancelledEditAsync(rig, CutPlace.MidEvent);

        var job = await rig.Jobs.WaitForEndAsync(id);
        Assert.Equal("ambiguous_outcome", (string)job["error"]!["code"]!);
        await rig.ToldAsync(id);
        Assert.Equal(2, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    /// <summary>A job whose stream breaks, upon which the backend cancels the edit; a second edit of its session would go well.</summary>
    private static async Task<string> CancelledEditAsync(Rig rig, CutPlace place)
    {
        await rig.Backend.Control.ChooseAsync(new Scenario
        {
            NextSessions = 1,
            OnDisconnect = OnDisconnect.Cancel,
            Cut = new Cut { AfterEvents = 1, Place = place },
        });
        var id = await rig.Jobs.SubmitAsync();
        var first = await rig.FirstMessageAsync(id, message => message.Outcome == MessageOutcome.Cancelled);
        await rig.Backend.Control.ChooseAsync(new Scenario { SessionId = first.SessionId });
        return id;
    }

    private Task CompletesDespiteAsync(Fault fault) => CompletesAsync(new Scenario { Faults = [fault] });

    private async Task CompletesAsync(Scenario scenario)
    {
        var rig = fixture.Rig;
        await rig.Backend.Control.ChooseAsync(scenario with { NextSessions = 1 });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());
    }
}
