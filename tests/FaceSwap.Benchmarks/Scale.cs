namespace FaceSwap.Benchmarks;

/// <summary>How much is measured. The short form proves that everything runs; its figures mean little.</summary>
internal sealed record Scale(int Burst, int Rounds, int Single, int Finished, int ShortChain, int LongChain, int Fan, int Waiting)
{
    public static Scale Full { get; } = new(1000, 5, 1000, 100_000, 250, 2500, 1000, 10_000);

    public static Scale Short { get; } = new(100, 1, 50, 500, 25, 250, 100, 200);
}
