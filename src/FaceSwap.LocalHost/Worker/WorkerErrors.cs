namespace FaceSwap.LocalHost.Worker;

/// <summary>
/// Counts crashes and failed starts of workers. As on the platform, the host gives up at the third one, unless more than
/// 30 minutes lie between one and the next.
/// </summary>
internal sealed class WorkerErrors(TimeProvider time)
{
    public const int Most = 3;
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    private int count;
    private long last;

    public bool AreTooMany => count >= Most;

    public void Add()
    {
        count = count > 0 && time.GetElapsedTime(last) > Interval ? 1 : count + 1;
        last = time.GetTimestamp();
    }
}
