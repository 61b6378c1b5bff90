using System.Reflection;
using Xunit;

namespace FaceSwap.Tests.Functions;

/// <summary>Names every function of the app. A change of the table is a change of the product's surface: approve it.</summary>
public sealed class FunctionTableTests
{
    private static readonly FunctionTable App = FunctionTable.Of(Assembly.Load("FaceSwap.Functions").GetTypes());

    [Fact]
    public void App_ItsFunctions_AreTheApprovedOnes()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Functions");
        var approved = File.ReadAllText(Path.Combine(folder, "FunctionTable.approved.txt"));

        // To approve a change, copy this file over the approved one.
        File.WriteAllText(Path.Combine(folder, "FunctionTable.received.txt"), App.Text);
        Assert.Equal(approved, App.Text);
    }

    // The platform answers a method only where the trigger names it.
    [Fact]
    public void App_ItsRoutesThatAnswerGet_AnswerHeadToo() =>
        Assert.DoesNotContain(App.Text.Split('\n'), line => line.Contains(" GET ", StringComparison.Ordinal));

    [Fact]
    public void App_ItsFunctions_DoNotClashAndAnswerEveryCall()
    {
        Assert.Empty(App.Defects);
        Assert.NotEqual(0, App.CallCount);
    }

    [Fact]
    public void Defects_FunctionsThatClash_AreNamed() => Assert.Equal(
        [
            "two functions are named Twice",
            "two functions answer GET /api/jobs/{}",
        ],
        FunctionTable.Of([typeof(SampleFunctions.Clashing)]).Defects);

    [Fact]
    public void Defects_CallsThatNothingAnswers_AreNamed()
    {
        var types = typeof(SampleFunctions.Dangling).GetNestedTypes(BindingFlags.NonPublic).Append(typeof(SampleFunctions.Dangling));

        var defects = FunctionTable.Of(types).Defects;

        Assert.Equal(
            [
                "Dangling.Orchestrate calls activity (a name that is no constant: use nameof), which does not exist",
                "Dangling.Orchestrate calls activity Gone, which does not exist",
                "Dangling.Orchestrate calls orchestration Present, which does not exist",
                "Dangling.OrchestrateThroughOthers calls activity Away, which does not exist",
                "Dangling.Start calls orchestration Missing, which does not exist",
            ],
            defects.Order(StringComparer.Ordinal));
    }
}
