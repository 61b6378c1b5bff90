using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>
/// The only writer of the state file, on a thread of its own that runs no code of the app. Whatever waits when it comes
/// round shares one transaction and one flush to disk. Every transaction checks the lease first, and renews it when a
/// third of its length has gone by, be there work or not.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    // Bounds how long the first write of a group waits for the last.
    private const int MaxGroup = 512;

    private readonly Channel<IStoreWrite> _queue = Channel.CreateUnbounded<IStoreWrite>(new() { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly WriteSession _session;
    private readonly WriteTransaction _transaction;
    private readonly LeaseKeeper _lease;
    private readonly Action<StateFileException> _onFault;
    private readonly Thread _thread;
    private StateFileException? _fault;
    private volatile bool _isDisposed;

    /// <param name="connection">A connection of its own, which it disposes of.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="lease">The lease, already taken.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onFault">Called once, when the file cannot be written any more.</param>
    public StoreWriter(
        SqliteConnection connection, string path, LeaseKeeper lease, TimeProvider time, Action<StateFileException> onFault)
    {
        _connection = connection;
        _path = path;
        _lease = lease;
        _onFault = onFault;
        _session = new WriteSession(connection, time);
        _transaction = new WriteTransaction(connection);
        _thread = new Thread(Run) { Name = "State file writer", IsBackground = true };
    }

    public void Begin() => _thread.Start();

    /// <summary>Hands over a write; its callbacks tell what became of it.</summary>
    public void Post(IStoreWrite write)
    {
        if (!_queue.Writer.TryWrite(write))
        {
            write.Failed(_fault ?? (Exception)new ObjectDisposedException(nameof(StoreWriter)));
        }
    }

    /// <summary>Returns once the write is on disk.</summary>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> body)
    {
        StoreWrite<T> write = new(body);
        Post(write);
        return write.Task;
    }

    /// <summary>Takes an error that a reader met: the file is no longer to be trusted, so nothing more is written.</summary>
    public void Report(Exception error)
    {
        if (!_isDisposed && _queue.Writer.TryComplete())
        {
            Fault(AsFault(error), []);
        }
    }

    /// <summary>Writes what is queued, gives the lease back and closes the file.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _queue.Writer.TryComplete();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _session.Dispose();
        _transaction.Dispose();
        _lease.Dispose();
        _connection.Dispose();
    }

    private void Run()
    {
        List<IStoreWrite> group = [];
        try
        {
            while (WaitForWork())
            {
                group.Clear();
                while (group.Count < MaxGroup && _queue.Reader.TryRead(out IStoreWrite? write))
                {
                    group.Add(write);
                }

                Write(group);
            }

            InTransaction(_lease.Release);
        }
        catch (Exception error)
        {
            Fault(AsFault(error), group);
        }
    }

    // True when there is work or the lease is due; false when the queue is closed and empty.
    private bool WaitForWork()
    {
        ValueTask<bool> more = _queue.Reader.WaitToReadAsync();
        if (more.IsCompleted)
        {
            return more.Result;
        }

        Task<bool> waiting = more.AsTask();
        while (!waiting.Wait(_lease.UntilRenewal))
        {
            InTransaction(static () => { });
        }

        return waiting.Result;
    }

    private void Write(List<IStoreWrite> group)
    {
        try
        {
            InTransaction(() =>
            {
                foreach (IStoreWrite write in group)
                {
                    write.Apply(_session);
                }
            });
            ReportCommitted([.. group]);
        }
        catch (Exception error) when (group.Count > 1 && !IsFault(error))
        {
            // One of them is at fault: the others shall not suffer for it.
            foreach (IStoreWrite write in group)
            {
                Write([write]);
            }
        }
        catch (Exception error) when (!IsFault(error))
        {
            group[0].Failed(error);
        }
    }

    private static void ReportCommitted(IStoreWrite[] group) => ThreadPool.UnsafeQueueUserWorkItem(
        static writes =>
        {
            foreach (IStoreWrite write in writes)
            {
                write.Committed();
            }
        },
        group,
        preferLocal: false);

    private void InTransaction(Action body)
    {
        _transaction.Run(() =>
        {
            _lease.Assert();
            body();
        });
        _lease.Confirm();
    }

    private void Fault(StateFileException fault, List<IStoreWrite> group)
    {
        _fault = fault;
        _queue.Writer.TryComplete();
        foreach (IStoreWrite write in group)
        {
            write.Failed(fault);
        }

        while (_queue.Reader.TryRead(out IStoreWrite? write))
        {
            write.Failed(fault);
        }

        _onFault(fault);
    }

    private bool IsFault(Exception error) =>
        error is StateFileException || (error is SqliteException sqlite && StateFileException.From(sqlite, _path) is not null);

    private StateFileException AsFault(Exception error) => error switch
    {
        StateFileException fault => fault,
        SqliteException sqlite when StateFileException.From(sqlite, _path) is { } fault => fault,
        _ => new StateFileException(StateFileProblem.Io, $"The state file {_path} cannot be written: {error.Message}", error),
    };
}
