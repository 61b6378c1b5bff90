using FaceSwap.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddFaceSwapApp();
try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception problem) when (StartupProblem.Describe(problem) is { } description)
{
    // What a person can mend is said in a sentence; a stack trace would hide it.
    await Console.Error.WriteLineAsync(description);
    return 1;
}
catch (OperationCanceledException)
{
    // Told to stop while it was still starting.
    return 0;
}
