using System.Diagnostics;
using FaceSwap.LocalHost.Durable.Client;
using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.Pump;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

var folder = Directory.CreateTempSubdirectory("bench-");
var cat = new Cat();
var hub = await TaskHub.StartAsync(new TaskHubOptions { StateFile = Path.Combine(folder.FullName, "s.db"), CachedExecutions = 2000 },
    new TaskHubServices(cat, new PayloadConverter(), TimeProvider.System, NullLoggerFactory.Instance), e => Console.WriteLine(e), _ => { }, default);
var client = new LocalDurableTaskClient(hub, new PayloadConverter(), TimeProvider.System);
async Task<double> Burst(int n, string name, object? input = null)
{
    long t = TimeProvider.System.GetTimestamp();
    await Task.WhenAll(Enumerable.Range(0, n).Select(async i => { var id = await client.ScheduleNewOrchestrationInstanceAsync(name, input); await client.WaitForInstanceCompletionAsync(id); }));
    return TimeProvider.System.GetElapsedTime(t).TotalSeconds;
}
await Burst(1000, "Five");
for (int k = 0; k < 3; k++) { double s = await Burst(1000, "Five"); Console.WriteLine($"burst 1000: {1000 / s:F0}/s"); }
{
    long t = TimeProvider.System.GetTimestamp(); int n = 300;
    for (int i = 0; i < n; i++) await Burst(1, "Five");
    Console.WriteLine($"window 1: {n / TimeProvider.System.GetElapsedTime(t).TotalSeconds:F0}/s");
    var l = new List<double>();
    for (int i = 0; i < 300; i++) l.Add(1000 * await Burst(1, "One"));
    l.Sort(); Console.WriteLine($"latency one activity p50 {l[150]:F2} ms p99 {l[297]:F2} ms");
}
Console.WriteLine($"fan-out 1000: {await Burst(1, "Fan", 1000):F3} s");
Console.WriteLine($"fan-out 1000: {await Burst(1, "Fan", 1000):F3} s");
double a = await Burst(1, "Seq", 250), a2 = await Burst(1, "Seq", 250), b = await Burst(1, "Seq", 2500);
Console.WriteLine($"500 events {a2:F3} s, 5000 events {b:F3} s, ratio {b / a2:F1}");
await hub.DisposeAsync();
folder.Delete(true);
sealed class Cat : ITaskCatalog
{
    public ActivityFunction? FindActivity(string name) => (c, _) => Task.FromResult<object?>(1);
    public OrchestratorFunction? FindOrchestrator(string name) => name switch
    {
        "Five" => async (c, _) => { int s = 0; for (int i = 0; i < 5; i++) s += await c.CallActivityAsync<int>("A", i); return s; },
        "One" => async (c, _) => await c.CallActivityAsync<int>("A", 1),
        "Fan" => async (c, r) => (await Task.WhenAll(Enumerable.Range(0, (int)r(typeof(int))!).Select(i => c.CallActivityAsync<int>("A", i)))).Length,
        "Seq" => async (c, r) => { int s = 0; for (int i = 0; i < (int)r(typeof(int))!; i++) s += await c.CallActivityAsync<int>("A", i); return s; },
        _ => null,
    };
}
