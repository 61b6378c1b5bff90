using System.Runtime.InteropServices;
using System.Text;

namespace FaceSwap.Benchmarks;

/// <summary>The figures as a page of the documentation.</summary>
internal static class Report
{
    public static string OfTheEngine(IEnumerable<Figure> figures) => Write(
        "# Benchmarks: the engine",
        "The engine of the local host, durable with `synchronous=FULL`. Reproduce with `eng/bench.sh engine`; the API is measured [apart](benchmarks-api.md).",
        figures,
        "`burst-rate`: orchestrations of five trivial activities in sequence, 1,000 started at once. `one-at-a-time-rate`: the same, each started when the one before has ended. `with-finished`: with 100,000 finished instances in the file. `long-history-growth`: the time of 2,500 activities in sequence (5,000 events) over that of 250. `fan-out`: 1,000 activities at once. `waiting`: 10,000 orchestrations that wait for timers and events. Rates and times are the best of five rounds. `kept-with-finished` is measured last, in a warmer process: a value above 1 only says that the finished instances cost nothing that shows.");

    public static string OfTheApi(IEnumerable<Figure> figures) => Write(
        "# Benchmarks: the API",
        "The app on the local host, over Azurite and the simulator of the backend, all on one machine with what asks it. Reproduce with `eng/bench.sh api`; the engine is measured [apart](benchmarks.md).",
        figures,
        "Two hundred jobs are rendering while 200 requests a second come in, whether or not the ones before are answered: 150 read a job, 40 ask for the app's health and 10 submit a job with addresses. A time counts from the moment at which the request was due. `ratio` is a time over that of `GET /api/health` in the same run. `list-growth`: the time of the first page of a caller with 100,000 jobs, spread over the seven days for which jobs are kept, over that of one with 1,000, the best of 20 each, both in one emulator whose file was filled beforehand. The app asks storage for the names of the last hours, and once more for all where they do not make a page (`JobIndexTests`); the emulator puts all names under a prefix in order for each listing. `watcher-memory`: what each of 200 watchers of one job adds to the memory of the host's process. `upload-memory`: how much more the host's process holds at most while a job takes over an upload of 500 MB and brings it to the backend.");

    public static string OfBatches(IEnumerable<Figure> figures) => Write(
        "# Benchmarks: batches",
        "Batches of 125 to 1,000 items, 16 at a time, on the local host over Azurite and the simulator of the backend, all on one machine. Reproduce with `eng/bench.sh batch`, which takes some minutes; [the engine](benchmarks.md) and [the API](benchmarks-api.md) are measured apart.",
        figures,
        "Each size has a storage, a backend and a host of its own, warmed by a batch of 32 items. `time-N`: from the submission of N items, each with a video of its own, until the batch is read as ended, every item completed; the waits of the app are shortened, so that its own work is what takes the time. `history-N`: what the engine wrote as the history of the batch's own instance, over all its windows: the bytes of the column `events` of every row of the table `history` in the host's state file, which are the events as JSON with their payloads; the histories of the items and their jobs are not among them. Azure's engine stores the same events in a form of its own, which is not measured here. `largest-window`: the most that one window of any of these batches wrote; a history is read as a whole when an instance is taken up again, so this is what must not grow with the batch. `time-exponent`, `history-exponent`: the slope of the line of least squares through the logarithms of sizes and values; 1 means that twice the items take twice as much.");

    private static string Write(string title, string what, IEnumerable<Figure> figures, string explained)
    {
        StringBuilder page = new();
        page.AppendLine(title).AppendLine();
        page.AppendLine(what).AppendLine();
        page.AppendLine($"Measured on {RuntimeInformation.OSDescription.Trim()}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}.").AppendLine();
        page.AppendLine("| figure | value | unit | goal | |").AppendLine("|---|---|---|---|---|");
        foreach (Figure figure in figures)
        {
            page.AppendLine($"| {figure.Name} | {figure.ValueText} | {figure.Unit} | {figure.GoalText} | {figure.Outcome} |");
        }

        page.AppendLine();
        page.AppendLine(explained);
        return page.ToString();
    }
}
