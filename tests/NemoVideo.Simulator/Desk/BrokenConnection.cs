namespace NemoVideo.Simulator.Desk;

/// <summary>No answer at all: the connection is reset.</summary>
internal sealed class BrokenConnection : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Abort();
        return Task.CompletedTask;
    }
}
