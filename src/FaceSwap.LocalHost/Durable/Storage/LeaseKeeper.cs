using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>
/// Holds the one lease of the state file for this process: asserted inside every transaction, renewed at a third of its
/// length. Whoever finds another holder has lost it and must not write again.
/// </summary>
internal sealed class LeaseKeeper(
    SqliteConnection connection, string path, HostIdentity self, TimeSpan length, TimeProvider time) : IDisposable
{
    private const int RenewalsPerLease = 3;

    private readonly LeaseStatements _statements = new(connection, self);
    private readonly WriteTransaction _transaction = new(connection);
    private DateTimeOffset _renewAt;
    private DateTimeOffset _pendingRenewAt;

    /// <summary>How long the writer may sleep.</summary>
    public TimeSpan UntilRenewal
    {
        get
        {
            TimeSpan left = _renewAt - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// Takes the lease if nobody holds it: no row, an expired one, or one of a process that is known to be gone.
    /// </summary>
    /// <returns>Null when taken; else who holds it.</returns>
    public Lease? TryTake()
    {
        Lease? held = HeldByOther();
        if (held is null)
        {
            _transaction.Run(() => held = TakeUnlessHeld());
        }

        return held;
    }

    /// <summary>Checks, inside a transaction, that this process still holds the lease, and renews it when due.</summary>
    /// <exception cref="StateFileException">Another host has taken it over.</exception>
    public void Assert()
    {
        if (!_statements.IsOurs())
        {
            throw new StateFileException(
                StateFileProblem.LeaseLost,
                $"The state file {path} was taken over by {_statements.Read()?.Holder.ToString() ?? "nobody"}: this host did not renew its lease in time (was it frozen?). It stops without writing.");
        }

        DateTimeOffset now = time.GetUtcNow();
        _pendingRenewAt = _renewAt;
        if (now >= _renewAt)
        {
            _statements.Take(now + length);
            _pendingRenewAt = now + (length / RenewalsPerLease);
        }
    }

    /// <summary>The transaction is on disk, and a renewal in it counts.</summary>
    public void Confirm() => _renewAt = _pendingRenewAt;

    /// <summary>Gives the lease back, inside a transaction.</summary>
    public void Release() => _statements.Release();

    public void Dispose()
    {
        _statements.Dispose();
        _transaction.Dispose();
    }

    private Lease? TakeUnlessHeld()
    {
        Lease? held = HeldByOther();
        if (held is null)
        {
            DateTimeOffset now = time.GetUtcNow();
            _statements.Take(now + length);
            _renewAt = now + (length / RenewalsPerLease);
        }

        return held;
    }

    private Lease? HeldByOther() =>
        _statements.Read() is { } lease && lease.Holder != self && lease.ExpiresAt > time.GetUtcNow() && !lease.Holder.IsGone
            ? lease
            : null;
}
