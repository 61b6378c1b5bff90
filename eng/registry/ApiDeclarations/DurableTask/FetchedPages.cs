// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask;

internal sealed class FetchedPages<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch) : AsyncPageable<T>
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        FetchAll(continuationToken, pageSizeHint);

    private async IAsyncEnumerable<Page<T>> FetchAll(
        string? token, int? size, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        do
        {
            var page = await fetch(token, size, cancellation);
            token = page.ContinuationToken;
            yield return page;
        }
        while (token is not null);
    }
}
