using FaceSwap.LocalHost.Durable.Execution;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>
/// Collects what reaches one instance while it is in memory, and lets one turn run at a time. Its
/// <see cref="Execution"/> belongs to whoever runs the turn.
/// </summary>
internal sealed class InstanceMailbox(InstanceIdentity identity)
{
    private readonly Lock _gate = new();
    private List<Delivery> _queue = [];
    private bool _isBusy;
    private bool _isRetired;

    public InstanceIdentity Identity => identity;

    /// <summary>The live execution, or null when it has to be replayed first.</summary>
    public OrchestrationExecution? Execution { get; set; }

    /// <summary>Adds a delivery, and tells whether the caller has to have a turn run.</summary>
    public MailboxState Add(Delivery delivery)
    {
        lock (_gate)
        {
            if (_isRetired)
            {
                return MailboxState.Retired;
            }

            _queue.Add(delivery);
            if (_isBusy)
            {
                return MailboxState.Busy;
            }

            _isBusy = true;
            return MailboxState.Ready;
        }
    }

    /// <summary>Empties the mailbox for a turn.</summary>
    public List<Delivery> Take()
    {
        lock (_gate)
        {
            List<Delivery> taken = _queue;
            _queue = [];
            return taken;
        }
    }

    /// <summary>Ends a turn.</summary>
    /// <returns>Ready when there is more to do: the caller has the next turn run.</returns>
    public MailboxState EndTurn()
    {
        lock (_gate)
        {
            _isBusy = _queue.Count > 0;
            return _isBusy ? MailboxState.Ready : MailboxState.Idle;
        }
    }

    /// <summary>Gives the mailbox up unless something happens in it; later deliveries need a new one.</summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            _isRetired = !_isBusy;
            return _isRetired;
        }
    }

    /// <summary>Gives the mailbox up at the end of the last turn.</summary>
    /// <returns>What nobody will take any more.</returns>
    public IReadOnlyList<Delivery> Retire()
    {
        lock (_gate)
        {
            _isRetired = true;
            return _queue;
        }
    }
}
