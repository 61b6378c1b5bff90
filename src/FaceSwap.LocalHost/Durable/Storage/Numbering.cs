namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>Hands out row numbers without asking the file: its only writer goes on from the highest one.</summary>
internal sealed class Numbering(long lastInstance, long lastMessage, long lastActivity)
{
    private long _instance = lastInstance;
    private long _message = lastMessage;
    private long _activity = lastActivity;

    public long NextInstance() => Interlocked.Increment(ref _instance);

    public long NextMessage() => Interlocked.Increment(ref _message);

    public long NextActivity() => Interlocked.Increment(ref _activity);
}
