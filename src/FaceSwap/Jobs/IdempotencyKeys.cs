using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Storage;

namespace FaceSwap.Jobs;

/// <summary>What callers' idempotency keys stand for: a document for each caller and key, claimed before a job is started.</summary>
/// <remarks>The claim decides, never the start: Azure's engine accepts concurrent starts of one instance.</remarks>
public sealed class IdempotencyKeys(BlobStore store)
{
    /// <summary>The start that a key stands for; null while it stands for none.</summary>
    public Task<KeyedStart?> FindAsync(string caller, string key, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.Key(caller, key), KeyJson.Default.KeyedStart, cancellationToken);

    /// <summary>Claims a key for a start, unless it stands for one already; of any number of callers exactly one claims it.</summary>
    /// <returns>The start that the key stands for from now on: this one, or the one that came before.</returns>
    public async Task<KeyedStart> ClaimAsync(string caller, string key, KeyedStart start, CancellationToken cancellationToken)
    {
        while (!await store.TryCreateAsync(JobPaths.Key(caller, key), start, KeyJson.Default.KeyedStart, cancellationToken))
        {
            if (await FindAsync(caller, key, cancellationToken) is { } earlier)
            {
                return earlier;
            }
        }

        return start;
    }
}

/// <summary>A start that was decided under a key. Whoever comes with the key can make it good, if whoever decided it died before.</summary>
/// <param name="Request">The hash of what was asked for.</param>
/// <param name="JobId">The job.</param>
/// <param name="Input">The input of the job's instance.</param>
public sealed record KeyedStart(string Request, string JobId, JsonElement Input);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeyedStart))]
internal sealed partial class KeyJson : JsonSerializerContext;
