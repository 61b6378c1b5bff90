using FaceSwap.Functions;
using FaceSwap.LocalHost.Hosting;

try
{
    // The app comes first: what it prepares at start is there before the engine takes up its work.
    var builder = LocalHostBuilder.CreateBuilder(args);
    builder.AddFaceSwapApp();
    builder.AddFunctions(typeof(FaceSwapApp).Assembly);
    await using var host = builder.BuildHost();
    await host.RunAsync();
    return Environment.ExitCode;
}
catch (Exception problem) when (StartupProblem.Describe(problem) is { } description)
{
    // What a person can mend is said in a sentence; a stack trace would hide it.
    await Console.Error.WriteLineAsync(description);
    return 1;
}
catch (OperationCanceledException)
{
    // Told to stop while it still waited for the state file.
    return 0;
}
