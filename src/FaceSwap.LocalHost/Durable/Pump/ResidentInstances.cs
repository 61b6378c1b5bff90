using System.Collections.Concurrent;
using FaceSwap.LocalHost.Durable.Execution;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>
/// The instances that are in memory. Those that wait stay until <paramref name="capacity"/> others were used since;
/// then they are dropped and replayed when something reaches them.
/// </summary>
internal sealed class ResidentInstances(int capacity)
{
    private readonly ConcurrentDictionary<long, InstanceMailbox> _mailboxes = new();
    private readonly LinkedList<InstanceMailbox> _idle = new();
    private readonly Dictionary<long, LinkedListNode<InstanceMailbox>> _nodes = [];
    private readonly Lock _gate = new();

    public InstanceMailbox Get(InstanceIdentity identity) =>
        _mailboxes.GetOrAdd(identity.Sequence, static (_, instance) => new InstanceMailbox(instance), identity);

    /// <summary>Forgets a mailbox that was given up.</summary>
    public void Remove(InstanceMailbox mailbox)
    {
        _mailboxes.TryRemove(new(mailbox.Identity.Sequence, mailbox));
        lock (_gate)
        {
            if (_nodes.Remove(mailbox.Identity.Sequence, out LinkedListNode<InstanceMailbox>? node))
            {
                _idle.Remove(node);
            }
        }
    }

    /// <summary>Notes that an instance has just been used and waits again.</summary>
    public void Touch(InstanceMailbox mailbox)
    {
        InstanceMailbox? oldest = null;
        lock (_gate)
        {
            if (_nodes.TryGetValue(mailbox.Identity.Sequence, out LinkedListNode<InstanceMailbox>? node))
            {
                _idle.Remove(node);
            }

            _nodes[mailbox.Identity.Sequence] = _idle.AddLast(mailbox);
            if (_nodes.Count > capacity)
            {
                oldest = _idle.First!.Value;
                _idle.RemoveFirst();
                _nodes.Remove(oldest.Identity.Sequence);
            }
        }

        // A busy one stays and comes back with the end of its turn.
        if (oldest?.TryRetire() == true)
        {
            _mailboxes.TryRemove(new(oldest.Identity.Sequence, oldest));
        }
    }
}
