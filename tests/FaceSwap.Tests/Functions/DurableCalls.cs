using System.Reflection;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Tests.Functions;

/// <summary>
/// Finds the calls of orchestrators and activities in compiled code, so that none is overlooked. A method that passes its
/// own parameter on as the name is followed to its callers.
/// </summary>
internal sealed class DurableCalls
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly (Type Owner, string Method, string Trigger)[] Durable =
    [
        (typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CallActivityAsync), "activity"),
        (typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CallSubOrchestratorAsync), "orchestration"),
        (typeof(DurableTaskClient), nameof(DurableTaskClient.ScheduleNewOrchestrationInstanceAsync), "orchestration"),
    ];

    private readonly Dictionary<(Module, int), (string Trigger, int Position)> _callers;
    private readonly (MethodBase Caller, CallSite Site)[] _sites;

    private DurableCalls(IEnumerable<Type> types)
    {
        _sites = [.. types.SelectMany(Methods).SelectMany(method => CallSites.In(method).Select(site => (SourceMethod.Of(method), site)))];
        _callers = Durable
            .SelectMany(durable => durable.Owner.GetMember(durable.Method).Cast<MethodBase>(), (durable, method) => (method, durable.Trigger))
            .ToDictionary(entry => Key(entry.method), entry => (entry.Trigger, 0));
    }

    public static IReadOnlyList<DurableCall> In(IEnumerable<Type> types) => [.. new DurableCalls(types).Find()];

    private IEnumerable<DurableCall> Find()
    {
        while (FollowPassedNames())
        {
        }

        return from entry in _sites
               where _callers.ContainsKey(Key(entry.Site.Callee))
               let call = _callers[Key(entry.Site.Callee)]
               let name = entry.Site.Arguments[call.Position]
               where name is not ParameterInfo
               select new DurableCall($"{entry.Caller.DeclaringType!.Name}.{entry.Caller.Name}", call.Trigger, name as string);
    }

    private bool FollowPassedNames()
    {
        var known = _callers.Count;
        foreach (var (_, site) in _sites)
        {
            if (_callers.TryGetValue(Key(site.Callee), out var call) && site.Arguments[call.Position] is ParameterInfo passed)
            {
                _callers.TryAdd(Key((MethodBase)passed.Member), (call.Trigger, passed.Position));
            }
        }

        return _callers.Count > known;
    }

    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared));

    private static (Module Module, int Token) Key(MethodBase method) => (method.Module, method.MetadataToken);
}
