using FaceSwap.Errors;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Sessions;

public sealed class NemoSessionsTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("session-1", "session-1")]
    [InlineData("0198f0a4-7e6c-7c1c-9a53-1f2d3c4b5a69", "A_z-09")]
    public async Task Open_AnswerWithIds_GivesThem(string task, string session)
    {
        using var product = Answering(task, session);

        Assert.Equal(new NemoSession(task, session), await OpenAsync(product));
    }

    [Theory]
    [InlineData("../../me")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a?b")]
    [InlineData("")]
    public async Task Open_AnswerWhoseIdsWouldLeadElsewhere_IsNotTaken(string odd)
    {
        foreach (var (task, session) in ((string, string)[])[(odd, "session-1"), ("task-1", odd)])
        {
            using var product = Answering(task, session);

            var failure = await Assert.ThrowsAsync<FaceSwapException>(() => OpenAsync(product));

            Assert.Equal(ErrorCodes.BackendUnavailable, failure.Code);
        }
    }

    [Fact]
    public async Task Open_IdOfTheGreatestLength_IsTaken_AndOneLongerIsNot()
    {
        var longest = new string('a', 128);
        using var product = Answering(longest, longest);
        Assert.Equal(longest, (await OpenAsync(product)).SessionId);

        using var over = Answering(longest, $"{longest}a");
        await Assert.ThrowsAsync<FaceSwapException>(() => OpenAsync(over));
    }

    private static TestProduct Answering(string task, string session)
    {
        var product = new TestProduct();
        product.Backend.On(ScriptedBackend.Session, () => ScriptedBackend.Json($$$"""{"code":0,"data":{"task_id":"{{{task}}}","session_id":"{{{session}}}"}}"""));
        return product;
    }

    private static Task<NemoSession> OpenAsync(TestProduct product) => product.Get<NemoSessions>().OpenAsync("job_1", "en", Cancellation);
}
