using FaceSwap.Jobs;

namespace FaceSwap.Demo;

/// <summary>Shows the stages: on a terminal as a bar that moves, elsewhere as one plain line for each stage.</summary>
internal sealed class StageDisplay(TextWriter output, bool isTerminal)
{
    private const int BarWidth = 28;
    private const string ClearLine = "\r\x1b[K";

    private int _shown;

    public void Show(JobView job)
    {
        for (; _shown < job.Timeline.Count; _shown++)
        {
            Enter(job.Timeline, _shown, job.SubmittedAt);
        }

        if (isTerminal && !job.Status.IsFinal())
        {
            output.Write($"{ClearLine}  {Bar(job.Percent)} {job.Percent,3} %  {job.Status.ToString().ToLowerInvariant()}{(job.Note is null ? "" : $": {job.Note}")}");
        }
        else if (isTerminal)
        {
            output.WriteLine($"{ClearLine}  {Bar(job.Percent)} {job.Percent,3} %");
        }
    }

    private void Enter(IReadOnlyList<StageEntry> timeline, int index, DateTimeOffset submitted)
    {
        var entry = timeline[index];
        var elapsed = (entry.At - submitted).TotalSeconds;
        var line = $"  {Math.Max(0, elapsed),6:0.0} s  {entry.Stage.ToString().ToLowerInvariant()}";
        output.WriteLine(isTerminal ? ClearLine + line : line);
    }

    private static string Bar(int percent)
    {
        var full = percent * BarWidth / 100;
        return new string('█', full) + new string('░', BarWidth - full);
    }
}
