using Xunit;

namespace FaceSwap.Registry;

/// <summary>The comparison itself: a wrong signature must not pass.</summary>
public sealed class ApiComparisonTests
{
    private const string Header = "abstract class FaceSwap.Registry.SampleApi<T> : IDisposable, System.Collections.Generic.IEnumerable<T>, System.Collections.IEnumerable";

    public static TheoryData<string> Signatures =>
    [
        "protected SampleApi(string name)",
        "public const int Limit",
        "public static FaceSwap.Registry.SampleApi<T> None",
        "public DateTimeOffset? At { get; init }",
        "public string Name { get }",
        "public int Size { get; set }",
        "protected abstract bool IsOpen { get }",
        "public virtual string Version { get }",
        "public abstract System.Threading.Tasks.Task<TResult> CallAsync<TResult>(string name, object input = default, int times = 3, System.Threading.CancellationToken cancellation = default)",
        "public virtual bool TryTake(out System.Collections.Generic.IReadOnlyList<T> items)",
        "public static FaceSwap.Registry.SampleApi<T> op_Implicit(T value)",
        "public void Add(params string[] names)",
        "public void Dispose()",
        "public System.Collections.Generic.IEnumerator<T> GetEnumerator()",
    ];

    public static TheoryData<string, string> WrongSignatures => new()
    {
        { "public string Name { get }", "public string Name { get; set }" },
        { "public DateTimeOffset? At { get; init }", "public DateTimeOffset? At { get; set }" },
        { "public DateTimeOffset? At { get; init }", "public DateTimeOffset At { get; init }" },
        { "public virtual string Version { get }", "public string Version { get }" },
        { "protected SampleApi(string name)", "public SampleApi(string name)" },
        { "public void Add(params string[] names)", "public void Add(string[] names)" },
        { "public abstract System.Threading.Tasks.Task<TResult> CallAsync<TResult>(string name, object input = default, int times = 3, System.Threading.CancellationToken cancellation = default)",
          "public abstract System.Threading.Tasks.Task<TResult> CallAsync<TResult>(string name, object input = default, int times = 4, System.Threading.CancellationToken cancellation = default)" },
        { "public virtual bool TryTake(out System.Collections.Generic.IReadOnlyList<T> items)", "public virtual bool TryTake(System.Collections.Generic.IReadOnlyList<T> items)" },
    };

    [Fact]
    public void Compare_TheWholeSample_FindsNoDifference()
    {
        var baseline = BaselineOf(Header, Signatures.Select(row => row.Data));

        Assert.Empty(ApiComparison.Missing([typeof(SampleApi<>)], baseline));
        Assert.Empty(ApiComparison.Unknown([typeof(SampleApi<>)], [baseline]));
    }

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public void Compare_OneWrongSignature_ReportsItBothWays(string real, string wrong)
    {
        var baseline = BaselineOf(Header, Signatures.Select(row => row.Data == real ? wrong : row.Data));

        Assert.Equal([$"{Header} › {wrong}"], ApiComparison.Missing([typeof(SampleApi<>)], baseline));
        Assert.Equal([$"{Header} › {real}"], ApiComparison.Unknown([typeof(SampleApi<>)], [baseline]));
    }

    [Fact]
    public void Compare_AnotherKindOfType_IsReportedByItsHeader()
    {
        var header = Header.Replace("abstract class", "class", StringComparison.Ordinal);

        Assert.Equal([header], ApiComparison.Missing([typeof(SampleApi<>)], BaselineOf(header, [])));
        Assert.Equal([Header], ApiComparison.Unknown([typeof(SampleApi<>)], [BaselineOf(header, [])]));
    }

    private static Baseline BaselineOf(string header, IEnumerable<string> members) =>
        new("Sample", new Dictionary<string, IReadOnlySet<string>> { [header] = members.ToHashSet() });
}
