using System.Text;
using FaceSwap.Demo;

Console.OutputEncoding = Encoding.UTF8;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };

try
{
    return await new DemoRun(DemoOptions.Parse(args), Console.Out, TimeProvider.System).RunAsync(stop.Token) ? 0 : 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (Exception problem) when (problem is DemoException or HttpRequestException or IOException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
