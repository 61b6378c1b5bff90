using System.Reflection;
using Microsoft.DurableTask;
using Xunit;

namespace FaceSwap.Registry;

/// <summary>
/// Holds the Durable and Functions API of this build against the listings of the real packages. In the partial profile
/// the build's API is the declarations; in the full profile it is the real packages, and the listings are held against them.
/// </summary>
public sealed class ApiBaselineTests
{
    private static readonly Assembly Declarations = typeof(TaskOrchestrationContext).Assembly;

    private static bool IsPartial => Declarations.GetName().Name == "FaceSwap.ApiDeclarations";

    public static TheoryData<string> Assemblies => [.. Baseline.All.Select(baseline => baseline.Assembly)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Baseline_AgainstTheApiOfThisBuild_IsThereWordByWord(string assembly)
    {
        var types = (IsPartial ? Declarations : Assembly.Load(assembly)).GetExportedTypes();

        Assert.Empty(ApiComparison.Missing(types, Baseline.All.Single(baseline => baseline.Assembly == assembly)));
    }

    [Fact]
    public void Declarations_AgainstTheBaselines_HaveNothingMore()
    {
        Assert.SkipUnless(IsPartial, "Registry profile full: the real packages are compiled, there are no declarations.");

        Assert.Empty(ApiComparison.Unknown(Declarations.GetExportedTypes(), Baseline.All));
    }
}
