using FaceSwap.Benchmarks;

// api|batch [--short] [--report FILE]: prints one BENCH line for each figure.
bool isShort = args.Contains("--short");
IAsyncEnumerable<Figure>? measuring = args switch
{
    ["api", ..] => ApiBenchmark.RunAsync(isShort ? ApiScale.Short : ApiScale.Full),
    ["batch", ..] => BatchBenchmark.RunAsync(isShort ? BatchScale.Short : BatchScale.Full),
    _ => null,
};
if (measuring is null)
{
    await Console.Error.WriteLineAsync("usage: api|batch [--short] [--report FILE]");
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
    string page = args[0] == "api" ? Report.OfTheApi(figures) : Report.OfBatches(figures);
    await File.WriteAllTextAsync(args[report + 1], page);
}

return 0;
