using System.Runtime.InteropServices;
using System.Text;
using FaceSwap.Demo;

Console.OutputEncoding = Encoding.UTF8;
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    var options = DemoOptions.Parse(args);
    var succeeded = options.Manifest is null
        ? await new DemoRun(options, Console.Out, TimeProvider.System).RunAsync(stop.Token)
        : await new BatchDemo(options, options.Manifest, Console.Out, TimeProvider.System).RunAsync(stop.Token);
    return succeeded ? 0 : 1;
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

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
