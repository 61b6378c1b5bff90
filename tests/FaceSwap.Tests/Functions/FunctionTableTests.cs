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
        var approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Functions", "FunctionTable.approved.txt"));

        Assert.Equal(approved, App.Text);
    }

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
            ["activity Gone", "orchestration Present", "activity (a name that is no constant: use nameof)", "orchestration Missing"],
            defects.Select(defect => defect.Split(" calls ")[1].Replace(", which does not exist", "", StringComparison.Ordinal)));
    }
}
