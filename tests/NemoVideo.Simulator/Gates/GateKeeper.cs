using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Gates;

/// <summary>Leads those who pass a named point to the gate that their scenario sets there.</summary>
internal sealed class GateKeeper(Counters counters)
{
    private static readonly Dictionary<Point, string> Names = Enum.GetValues<Point>().ToDictionary(point => point, NameOf);

    private readonly ConcurrentDictionary<string, Gate> gates = [];

    public Gate this[string name] => gates.GetOrAdd(name, key => new Gate(key));

    /// <summary>Waits while a gate of the scenario holds this point.</summary>
    /// <param name="scenario">The scenario of whoever passes.</param>
    /// <param name="point">Where they are.</param>
    /// <param name="who">The session or account whose passages are counted.</param>
    /// <param name="cancellationToken">Ends the wait when whoever passes is gone.</param>
    public async Task PassAsync(Scenario scenario, Point point, string who, CancellationToken cancellationToken)
    {
        foreach (var hold in scenario.Holds.Where(hold => hold.At == point))
        {
            if (counters.Next($"{scenario.Id}/{point}/{hold.Gate}/{who}") >= hold.Skip)
            {
                await this[hold.Gate ?? Names[point]].ArriveAsync(cancellationToken);
            }
        }
    }

    private static string NameOf(Point point) =>
        typeof(Point).GetField(point.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;
}
