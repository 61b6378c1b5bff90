using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Storage;

namespace FaceSwap.Jobs;

/// <summary>What callers' idempotency keys stand for: a document for each caller and key, claimed before a job is started.</summary>
/// <remarks>The claim decides, never the start: Azure's engine accepts concurrent starts of one instance.</remarks>
public sealed class IdempotencyKeys(BlobStore store)
{
    /// <summary>The document of a caller's key, by which it is known from then on: no caller's text is ever kept.</summary>
    public static string DocumentOf(string caller, string key) => JobPaths.Key(caller, key);

    /// <summary>The start that a key stands for; null while it stands for none.</summary>
    /// <param name="document">The key, as <see cref="DocumentOf"/> gives it; here and below.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<KeyedStart?> FindAsync(string document, CancellationToken cancellationToken) =>
        store.ReadAsync(document, KeyJson.Default.KeyedStart, cancellationToken);

    /// <summary>Claims a key for a start, unless it stands for one already; of any number of callers exactly one claims it.</summary>
    /// <returns>The start that the key stands for from now on: this one, or the one that came before.</returns>
    public async Task<KeyedStart> ClaimAsync(string document, KeyedStart start, CancellationToken cancellationToken)
    {
        while (!await store.TryCreateAsync(document, start, KeyJson.Default.KeyedStart, cancellationToken))
        {
            if (await FindAsync(document, cancellationToken) is { } earlier)
            {
                return earlier;
            }
        }

        return start;
    }

    public Task RemoveAsync(string document, CancellationToken cancellationToken) => store.DeleteAsync(document, cancellationToken);

    /// <summary>Leaves of a start nothing but that it was made: its job is gone, and must not be started again.</summary>
    public Task BuryAsync(string document, CancellationToken cancellationToken) => store.UpdateAsync(
        document, KeyJson.Default.KeyedStart, start => start is { Input: not null } ? start with { Input = null } : null, cancellationToken);
}

/// <summary>A start that was decided under a key. Whoever comes with the key can make it good, if whoever decided it died before.</summary>
/// <param name="Request">The hash of what was asked for.</param>
/// <param name="JobId">The job.</param>
/// <param name="Input">The input of the job's instance; null once the job was deleted.</param>
public sealed record KeyedStart(string Request, string JobId, JsonElement? Input);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeyedStart))]
internal sealed partial class KeyJson : JsonSerializerContext;
