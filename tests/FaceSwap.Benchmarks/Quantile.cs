namespace FaceSwap.Benchmarks;

/// <summary>The value that a share of measurements does not exceed.</summary>
internal static class Quantile
{
    public static double Of(IReadOnlyList<double> sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
