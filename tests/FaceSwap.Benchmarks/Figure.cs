namespace FaceSwap.Benchmarks;

/// <summary>One measured value and what it is to reach.</summary>
/// <param name="AtLeast">Whether the goal is a lower bound; else it is an upper one. Without a goal it does not matter.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Goal = null, bool AtLeast = true)
{
    private const int WholeFrom = 100;

    public bool IsReached => Goal is not { } goal || (AtLeast ? Value >= goal : Value <= goal);

    public string Outcome => Goal is null ? "-" : IsReached ? "ok" : "short";

    public string GoalText => Goal is { } goal ? $"{(AtLeast ? ">=" : "<=")} {Format(goal)}" : "-";

    public string ValueText => Format(Value);

    /// <summary>The line that scripts read.</summary>
    public override string ToString() => $"BENCH {Name} {ValueText} {Unit} goal {GoalText} {Outcome}";

    private static string Format(double value) => value.ToString(Math.Abs(value) >= WholeFrom ? "F0" : "0.###");
}
