using FaceSwap.Functions;
using FaceSwap.LocalHost.Durable.Storage;
using FaceSwap.LocalHost.Hosting;
using Microsoft.Extensions.Options;

try
{
    WebApplicationBuilder builder = LocalHostBuilder.CreateBuilder(args).AddFunctions(typeof(FaceSwapApp).Assembly);
    builder.AddFaceSwapApp();
    await using WebApplication host = builder.BuildHost();
    await host.RunAsync();
    return Environment.ExitCode;
}
catch (Exception problem) when (problem is StateFileException or OptionsValidationException or AppSetupException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
