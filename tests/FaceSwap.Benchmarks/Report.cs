using System.Runtime.InteropServices;
using System.Text;

namespace FaceSwap.Benchmarks;

/// <summary>The figures as a page of the documentation.</summary>
internal static class Report
{
    public static string OfTheApi(IEnumerable<Figure> figures) => Write(
        "# Benchmarks: the API",
        "The app on the local host, over Azurite and the simulator of the backend, all on one machine with what asks it. Reproduce with `eng/bench.sh api`; [batches](benchmarks-batch.md) are measured apart.",
        figures,
        "Two hundred jobs are rendering while 200 requests a second come in, whether or not the ones before are answered: 150 read a job, 40 ask for the app's health and 10 submit a job with addresses. A time counts from the moment at which the request was due. `ratio` is a time over that of `GET /api/health` in the same run. `list-growth`: the time of the first page of a caller with 100,000 jobs, spread over the seven days for which jobs are kept, over that of one with 1,000, the best of 20 each, both in one emulator whose file was filled beforehand. The app asks storage for the names of the last hours, and once more for all where they do not make a page (`JobIndexTests`); the emulator puts all names under a prefix in order for each listing. `watcher-memory`: what each of 200 watchers of one job adds to the memory of the host's process. `upload-memory`: how much more the host's process holds at most while a job takes over an upload of 500 MB and brings it to the backend.");

    public static string OfJobs(IEnumerable<Figure> figures) => Write(
        "# Benchmarks: jobs",
        "Jobs on the local host over Azurite and the simulator of the backend, all on one machine with what asks it. Reproduce with `eng/bench.sh jobs`. [The API](benchmarks-api.md) and [batches](benchmarks-batch.md) have pages of their own.",
        figures,
        "`jobs-N`: the time from the submission of a job, with its files, until its webhook `job.completed` arrives, N jobs at once. `plain-N`: the time of a client that makes the documented calls of the backend in the same order with the same waits, but keeps nothing: no job record, no proof of payment, no recovery, no copy of the result, no webhook. `ratio-N`: one over the other in the same run; below 1 where the app, which remembers how long renders took, polls at a better moment than the client, which does not. One job at a time is measured ten times, twenty at once three times, fifty at once twice. The edit takes 1.5 s, the render 1.5 s; the state settles in 1 s, and a render is polled after 1 to 3 s. The requests per job are counted by the emulator while twenty jobs run at once, and include what the engine asks for while it waits; `requests-idle` is what it asks for when there is no job. `worker-first-answer`: the time from the start of a worker process to its first answer.");

    public static string OfBatches(IEnumerable<Figure> figures) => Write(
        "# Benchmarks: batches",
        "Batches of 125 to 1,000 items, 16 at a time, on the local host over Azurite and the simulator of the backend, all on one machine. Reproduce with `eng/bench.sh batch`, which takes some minutes; [the API](benchmarks-api.md) is measured apart.",
        figures,
        "Each size has a storage, a backend and a host of its own, warmed by a batch of 32 items. `time-N`: from the submission of N items, each with a video of its own, until the batch is read as ended, every item completed; the waits of the app are shortened, so that its own work is what takes the time. `history-N`: the history of the batch's own instance, over all its windows: the bytes that the engine passes to the worker for the last turn of each window, as a protocol buffer. The histories of the items and their jobs are not included. `largest-window`: the most that one window of any of these batches wrote; a history is read as a whole when an instance is taken up again, so this is what must not grow with the batch. `time-exponent`, `history-exponent`: the slope of the line of least squares through the logarithms of sizes and values; 1 means that twice the items take twice as much.");

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
