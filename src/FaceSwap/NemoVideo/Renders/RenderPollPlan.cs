namespace FaceSwap.NemoVideo.Renders;

/// <summary>Decides when a render is polled next: where renders usually end, and where the backend's own progress points.</summary>
/// <param name="Times">How long renders take.</param>
/// <param name="Shortest">The shortest wait between two polls.</param>
/// <param name="Longest">
/// The longest: a finished render is found no later than this after its end. The first poll counts from the shortest
/// usual time, since a poll before any render ends would be spent for nothing.
/// </param>
public sealed record RenderPollPlan(RenderTimes Times, TimeSpan Shortest, TimeSpan Longest)
{
    // Six polls at the sixths of the usual times: each leaves the same share of renders to be found by the next.
    private const int UsualPolls = 6;

    /// <summary>The wait until the next poll.</summary>
    /// <param name="elapsed">How long the render has been running.</param>
    /// <param name="progress">The backend's own percentage at the last poll, or null.</param>
    public TimeSpan Next(TimeSpan elapsed, int? progress)
    {
        var next = progress is > 0 and < 100 ? elapsed * (100.0 / progress.Value) : NextQuantile(elapsed);
        var longest = elapsed == TimeSpan.Zero ? Times.Quantile(0) + Longest : Longest;
        var wait = next - elapsed;
        return wait < Shortest ? Shortest : wait > longest ? longest : wait;
    }

    private TimeSpan NextQuantile(TimeSpan elapsed)
    {
        for (var poll = 1; poll <= UsualPolls; poll++)
        {
            var usual = Times.Quantile((double)poll / UsualPolls);
            if (usual >= elapsed + Shortest)
            {
                return usual;
            }
        }

        // Later than any before: whoever is late by a little is soon done, whoever is late by much takes longer.
        var last = Times.Quantile(1);
        return elapsed + ((elapsed - last) / 2);
    }
}
