using FaceSwap.EndToEnd.Drivers;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.Contract;

/// <summary>Credits: looked at before anything is paid, reserved between jobs, and missed with the right remedy.</summary>
public sealed class CreditTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Jobs_TenOnAHundredCredits_OneIsEditedAndNineAreToldWhatToDo()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, ["--anonymouscredits=100"]);

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rig.Jobs.SubmitAsync()));
        var jobs = await Task.WhenAll(ids.Select(rig.Jobs.WaitForEndAsync));

        Assert.Single(jobs, job => (string?)job["status"] == "completed");
        var refused = jobs.Where(job => (string?)job["status"] == "failed").ToList();
        Assert.Equal(9, refused.Count);
        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        Assert.All(refused, job => Assert.Equal("insufficient_credits", (string?)job["error"]!["code"]));
        Assert.All(refused, job => Assert.Contains($"{RigSettings.WebUrl}/register?bind={ledger.Accounts[0].UserId}", (string?)job["error"]!["remedy"], StringComparison.Ordinal));
        Assert.Single(ledger.Messages);
    }

    [Fact]
    public async Task Job_OfARegisteredAccountWithoutCredits_IsToldToTopUp()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, RigSettings.Registered);
        await rig.Backend.Control.OpenAccountAsync(RigSettings.RegisteredToken, 99);

        var job = await rig.Jobs.WaitForEndAsync(await rig.Jobs.SubmitAsync());

        Assert.Equal("Top up credits in your account.", (string?)job["error"]!["remedy"]);
        Assert.Empty((await rig.Backend.Control.ReadLedgerAsync()).Sessions);
    }

    [Fact]
    public async Task Job_ThatTheBackendRefusesForCredits_FailsWithTheSameRemedy()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await rig.Backend.Control.ChooseAsync(new Scenario { Faults = [new Fault { Call = BackendCall.Message, Kind = FaultKind.NoCredits }] });

        var job = await rig.Jobs.WaitForEndAsync(await rig.Jobs.SubmitAsync());

        Assert.Equal("insufficient_credits", (string?)job["error"]!["code"]);
        Assert.Contains("?bind=anon_", (string?)job["error"]!["remedy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credits_AfterAJob_AreWhatTheBackendSays()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        var (status, credits) = await rig.Jobs.GetAsync("api/credits");

        Assert.Equal(200, status);
        Assert.Equal(
            (99_900m, 0m, 0m, 100),
            ((decimal)credits["available"]!, (decimal)credits["frozen"]!, (decimal)credits["reserved"]!, (int)credits["messageCost"]!));
    }
}
