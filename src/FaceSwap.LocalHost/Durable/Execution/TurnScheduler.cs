namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>
/// Runs an orchestrator's code on one thread at a time and in one order, so that a replay takes the same path. Work
/// that arrives while no turn runs comes from an <c>await</c> on something that is no durable task; it is refused and
/// reported, because a replay could not repeat it.
/// </summary>
internal sealed class TurnScheduler(Action onForeignWork) : TaskScheduler
{
    private readonly Queue<Task> _ready = new();
    private int _turnThread;

    /// <summary>Whether the calling thread is the one that runs the current turn.</summary>
    public bool IsInTurn => _turnThread == Environment.CurrentManagedThreadId;

    public void Enter() => _turnThread = Environment.CurrentManagedThreadId;

    public void Leave() => _turnThread = 0;

    /// <summary>Runs everything that is ready, and what becomes ready by it.</summary>
    public void RunToIdle()
    {
        while (_ready.TryDequeue(out Task? task))
        {
            TryExecuteTask(task);
        }
    }

    protected override void QueueTask(Task task)
    {
        if (IsInTurn)
        {
            _ready.Enqueue(task);
        }
        else
        {
            onForeignWork();
        }
    }

    // Running in place would make the order depend on how the runtime nests continuations.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
