using FaceSwap.Errors;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace FaceSwap.NemoVideo.Transport;

/// <summary>When a call to the backend is repeated: once after a rate limit, twice after a failure where repeating is harmless.</summary>
public sealed class NemoRetry
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private readonly ResiliencePipeline _limited;
    private readonly ResiliencePipeline _repeatable;

    public NemoRetry(IOptions<NemoOptions> options, TimeProvider time)
    {
        var rateLimit = RateLimit(options.Value);
        _limited = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(rateLimit).Build();
        _repeatable = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(rateLimit).AddRetry(Unavailable(options.Value)).Build();
    }

    public async Task<T> RunAsync<T>(bool repeatable, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var pipeline = repeatable ? _repeatable : _limited;
        return await pipeline.ExecuteAsync(static async (state, token) => await state(token), call, cancellationToken);
    }

    private static RetryStrategyOptions RateLimit(NemoOptions options) => new()
    {
        MaxRetryAttempts = 1,
        ShouldHandle = new PredicateBuilder().Handle<FaceSwapException>(e =>
            e.Code == ErrorCodes.RateLimited && (e.RetryAfter ?? TimeSpan.Zero) <= LongestWait),
        DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
            (args.Outcome.Exception as FaceSwapException)?.RetryAfter ?? options.RateLimitWait),
    };

    private static RetryStrategyOptions Unavailable(NemoOptions options) => new()
    {
        MaxRetryAttempts = 2,
        Delay = options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = new PredicateBuilder().Handle<FaceSwapException>(e => e.Code == ErrorCodes.BackendUnavailable),
    };
}
