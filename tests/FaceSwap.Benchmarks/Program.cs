using FaceSwap.Benchmarks;

// engine [--short] [--report FILE]: prints one BENCH line for each figure.
if (args is not ["engine", ..])
{
    await Console.Error.WriteLineAsync("usage: engine [--short] [--report FILE]");
    return 2;
}

List<Figure> figures = [];
await foreach (Figure figure in EngineBenchmark.RunAsync(args.Contains("--short") ? Scale.Short : Scale.Full))
{
    Console.WriteLine(figure);
    figures.Add(figure);
}

int report = Array.IndexOf(args, "--report");
if (report >= 0)
{
    await File.WriteAllTextAsync(args[report + 1], Report.Write(figures));
}

return 0;
