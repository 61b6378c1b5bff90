using FaceSwap.Functions;
using FaceSwap.LocalHost.Hosting;

try
{
    WebApplicationBuilder builder = LocalHostBuilder.CreateBuilder(args).AddFunctions(typeof(FaceSwapApp).Assembly);
    builder.AddFaceSwapApp();
    await using WebApplication host = builder.BuildHost();
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
