using Microsoft.Net.Http.Headers;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Media;

namespace NemoVideo.Simulator.Renders;

/// <summary>Sends a result, whole or a range of it, and writes down when its last byte went out.</summary>
internal sealed class ResultFile(string renderId, string storedAs, MediaFolder folder, BackendLedger ledger, Func<Task> half) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var file = folder.Open(storedAs);
        var (from, to) = RangeOf(httpContext.Request, file.Length);
        WriteHeaders(httpContext.Response, from, to, file.Length);
        file.Position = from;
        var middle = (from + to) / 2;
        await SendAsync(httpContext, file, middle - from);
        await half();
        await SendAsync(httpContext, file, to - middle);
        if (to == file.Length)
        {
            ledger.Write(new RenderDelivered(renderId));
        }
    }

    private static async Task SendAsync(HttpContext http, FileStream file, long count)
    {
        var buffer = new byte[81_920];
        while (count > 0)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), http.RequestAborted);
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
            count -= read;
        }

        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static void WriteHeaders(HttpResponse response, long from, long to, long length)
    {
        var whole = from == 0 && to == length;
        response.StatusCode = whole ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.ContentType = "video/mp4";
        response.ContentLength = to - from;
        response.Headers.AcceptRanges = "bytes";
        if (!whole)
        {
            response.Headers.ContentRange = new ContentRangeHeaderValue(from, to - 1, length).ToString();
        }
    }

    /// <returns>The first byte and the one after the last.</returns>
    private static (long From, long To) RangeOf(HttpRequest request, long length)
    {
        if (request.GetTypedHeaders().Range is not { Ranges.Count: 1 } range)
        {
            return (0, length);
        }

        var asked = range.Ranges.First();
        var from = asked.From ?? Math.Max(0, length - (asked.To ?? 0));
        var to = asked.From is null || asked.To is null ? length : Math.Min(length, asked.To.Value + 1);
        return from < to ? (from, to) : (0, length);
    }
}
