using FaceSwap.Functions;
using NetArchTest.Rules;
using Xunit;

namespace FaceSwap.Tests.Architecture;

/// <summary>Who may know whom: <c>docs/architecture.md</c>.</summary>
public sealed class ArchitectureTests
{
    private const string App = "FaceSwap.Functions";

    // Each knows those before it, and no other.
    private static readonly string[] Rooms =
    [
        "FaceSwap.Errors", "FaceSwap.Conversation", "FaceSwap.Keys", "FaceSwap.Network", "FaceSwap.Storage", "FaceSwap.Callers",
        "FaceSwap.Media", "FaceSwap.NemoVideo", "FaceSwap.Jobs", "FaceSwap.Batches", "FaceSwap.Schedules", "FaceSwap.Ledger", "FaceSwap.Webhooks",
        $"{App}.Edge.Durable", $"{App}.Edge.Http", $"{App}.Contract", $"{App}.Health", $"{App}.Account", $"{App}.Uploads", $"{App}.Webhooks",
        $"{App}.Jobs", $"{App}.Jobs.Run", $"{App}.Batches", $"{App}.Jobs.Api", $"{App}.Batches.Run", $"{App}.Batches.Api", $"{App}.Schedules", $"{App}.Inbox", $"{App}.Retention",
    ];

    private static readonly FolderGraph Sources = new(FolderGraph.Read("src/FaceSwap", "src/FaceSwap.Functions"));

    [Fact]
    public void Folders_FormNoCircle() => Assert.Empty(Sources.Circles("FaceSwap", App));

    [Fact]
    public void Circles_OfFoldersThatKnowEachOther_AreNamed()
    {
        var planted = new FolderGraph(FolderGraph.Read("src/FaceSwap").Append("using FaceSwap.Webhooks.Deliveries;\n\nnamespace FaceSwap.Jobs;\n"));

        Assert.Contains("FaceSwap.Jobs → FaceSwap.Webhooks.Deliveries → FaceSwap.Webhooks → FaceSwap.Jobs", planted.Circles("FaceSwap"));
    }

    [Fact]
    public void Circles_OfAFolderAndOneInIt_AreNamed()
    {
        var planted = new FolderGraph(["using Room.Inner;\n\nnamespace Room;\n", "namespace Room.Inner;\n"]);

        Assert.Equal(["Room → Room.Inner → Room"], planted.Circles());
    }

    [Fact]
    public void Rooms_KnowThoseBeforeThem()
    {
        Assert.DoesNotContain(Sources.Folders, folder => folder is not ("FaceSwap" or App) && RoomOf(folder) < 0);
        var wrong = from folder in Sources.Folders
                    from known in Sources.KnownTo(folder)
                    where RoomOf(folder) >= 0 && RoomOf(known) > RoomOf(folder)
                    select $"{folder} knows {known}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Product_KnowsNoHost() => Holds(Types.InAssembly(typeof(FaceSwapServices).Assembly)
        .ShouldNot().HaveDependencyOnAny(App, "Microsoft.Azure.Functions", "Microsoft.DurableTask", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc"));

    [Fact]
    public void Orchestrators_UseNoClockNoSettingAndNoOutsideWorld() => Holds(Types.InAssembly(typeof(FaceSwapApp).Assembly)
        .That().HaveDependencyOnAny("Microsoft.DurableTask.TaskOrchestrationContext")
        .ShouldNot().HaveDependencyOnAny(
            "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Random", "System.IO", "System.Net", "System.Threading.Timer", "Azure",
            "Microsoft.Extensions.Options", "Microsoft.Extensions.Configuration", "FaceSwap.Storage", "FaceSwap.Keys", "FaceSwap.Network"));

    [Fact]
    public void LocalHost_KnowsNothingOfFaceSwaps_AndItsFoldersFormNoCircle()
    {
        var host = FolderGraph.Read("src/FaceSwap.LocalHost").ToList();

        Assert.NotEmpty(host);
        Assert.DoesNotContain(Rooms, room => host.Exists(text => text.Contains($"using {room}", StringComparison.Ordinal)));
        Assert.Empty(new FolderGraph(host).Circles("FaceSwap.LocalHost"));
    }

    // The innermost room that the folder is, or lies in.
    private static int RoomOf(string folder) => Array.IndexOf(
        Rooms, Rooms.Where(room => folder == room || folder.StartsWith($"{room}.", StringComparison.Ordinal)).MaxBy(room => room.Length));

    private static void Holds(ConditionList rule)
    {
        var result = rule.GetResult();

        Assert.NotEmpty(result.LoadedTypes);
        Assert.True(result.IsSuccessful, string.Join('\n', result.FailingTypes.Select(type => $"{type.FullName}: {type.Explanation}")));
    }
}
