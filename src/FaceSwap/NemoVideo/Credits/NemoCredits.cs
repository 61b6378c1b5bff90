using FaceSwap.NemoVideo.Transport;

namespace FaceSwap.NemoVideo.Credits;

/// <summary>Reads the account's credits. Source: backend contract, Credits.</summary>
public sealed class NemoCredits(NemoTransport transport)
{
    public async Task<NemoBalance> ReadAsync(CancellationToken cancellationToken)
    {
        using var answer = await transport.GetAsync("api/credits/balance/simple", cancellationToken);
        return answer.Read(root =>
        {
            var data = root.GetProperty("data");
            return new NemoBalance(data.GetProperty("available").GetDecimal(), data.GetProperty("frozen").GetDecimal());
        });
    }
}

/// <summary>The account's credits: what can be spent, and what work in progress has reserved.</summary>
public sealed record NemoBalance(decimal Available, decimal Frozen);
