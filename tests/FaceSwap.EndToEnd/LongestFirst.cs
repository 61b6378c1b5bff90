using FaceSwap.EndToEnd;
using FaceSwap.EndToEnd.Contract;
using FaceSwap.EndToEnd.LocalHost;
using FaceSwap.EndToEnd.Soak;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace FaceSwap.EndToEnd;

/// <summary>Classes that wait most, above all for the work of a killed host, start first: the others fill the time.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(BatchKillTests), nameof(KillTests), nameof(OrphanedWorkerTests), nameof(SoakTests), nameof(TokenKillTests), nameof(TwoHostsTests),
        nameof(StreamKillTests), nameof(KilledBatchTests), nameof(LibraryTests), nameof(HistoryTests), nameof(TimerTests), nameof(BackendErrorTests),
        nameof(BadRequestTests), nameof(StorageOutageTests), nameof(StreamEndTests), nameof(EndTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(RankOf)];

    // A class is a collection, which is named after it.
    private static int RankOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal));
        return rank < 0 ? Longest.Length : rank;
    }
}
