using FaceSwap.Benchmarks;

// api|batch|jobs [--short] [--report FILE]: prints one BENCH line for each figure.
bool isShort = args.Contains("--short");
IAsyncEnumerable<Figure>? measuring = args switch
{
    ["api", ..] => ApiBenchmark.RunAsync(isShort ? ApiScale.Short : ApiScale.Full),
    ["batch", ..] => BatchBenchmark.RunAsync(isShort ? BatchScale.Short : BatchScale.Full),
    ["jobs", ..] => JobsBenchmark.RunAsync(isShort ? JobsScale.Short : JobsScale.Full),
    _ => null,
};
if (measuring is null)
{
    await Console.Error.WriteLineAsync("usage: api|batch|jobs [--short] [--report FILE]");
    return 2;
}

List<Figure> figures = [];
await foreach (Figure figure in measuring)
{
    Console.WriteLine(figure);
    figures.Add(figure);
}

int report = Array.IndexOf(args, "--report");
if (report >= 0)
{
    string page = args[0] switch
    {
        "api" => Report.OfTheApi(figures),
        "batch" => Report.OfBatches(figures),
        _ => Report.OfJobs(figures),
    };
    await File.WriteAllTextAsync(args[report + 1], page);
}

return 0;
