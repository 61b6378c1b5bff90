using System.Collections;

namespace FaceSwap.Registry;

/// <summary>One member of every shape that the comparison must tell apart.</summary>
#pragma warning disable CA1063, CA2225 // A sample of shapes, not of good manners.
public abstract class SampleApi<T>(string name) : IEnumerable<T>, IDisposable
{
    public const int Limit = 7;

    public static readonly SampleApi<T> None = null!;

    public DateTimeOffset? At { get; init; }

    public string Name { get; private set; } = name;

    public int Size { get; set; }

    public virtual string Version => "";

    protected abstract bool IsOpen { get; }

    public static implicit operator SampleApi<T>(T value) => None;

    public abstract Task<TResult> CallAsync<TResult>(string name, object? input = null, int times = 3, CancellationToken cancellation = default);

    public virtual bool TryTake(out IReadOnlyList<T> items)
    {
        items = [];
        return IsOpen;
    }

    public void Add(params string[] names) => Size += names.Length;

    public IEnumerator<T> GetEnumerator() => Enumerable.Empty<T>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => GC.SuppressFinalize(this);
}
