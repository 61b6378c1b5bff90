using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Messages;

/// <summary>Sends a message's frames as they come, and breaks the connection where the scenario says.</summary>
internal sealed class EventStreamResult(MessageRun run) : IResult
{
    private readonly Cut? cut = run.Scenario.Cut;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            var broken = cut?.Place == CutPlace.BeforeHeaders || await SendAsync(httpContext);
            if (broken)
            {
                run.Abandon();
                httpContext.Abort();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            run.Abandon();
        }
    }

    /// <returns>True when the connection is to break.</returns>
    private async Task<bool> SendAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        var sent = 0;
        await foreach (var frame in run.Frames.ReadAllAsync(http.RequestAborted))
        {
            var broken = BreaksAt(sent, frame) is { } length;
            var part = broken ? frame.AsMemory(0, BreaksAt(sent, frame)!.Value) : frame;
            await http.Response.Body.WriteAsync(part, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            if (broken)
            {
                return true;
            }

            sent++;
        }

        return cut?.Place == CutPlace.AfterLast;
    }

    /// <returns>How many bytes of this frame still go out before the connection breaks; null: it does not break here.</returns>
    private int? BreaksAt(int sent, byte[] frame)
    {
        if (cut is null || sent < cut.AfterEvents)
        {
            return null;
        }

        return cut.Place switch
        {
            CutPlace.Boundary => 0,
            CutPlace.MidEvent => frame.Length / 2,
            CutPlace.MidCharacter when Array.FindIndex(frame, octet => octet >= 0x80) is >= 0 and var lead => lead + 1,
            _ => null,
        };
    }
}
