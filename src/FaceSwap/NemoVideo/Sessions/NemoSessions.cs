using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Transport;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Sessions;

/// <summary>Sessions at the backend: opening one, bringing files into it, reading its state.</summary>
public sealed class NemoSessions(NemoTransport transport, BlobStore store, IOptions<NemoOptions> options)
{
    private const int LongestId = 128;
    private static readonly SearchValues<char> OfIds = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    /// <summary>Opens a session. It costs nothing; one that is never used ends by itself.</summary>
    public async Task<NemoSession> OpenAsync(string name, string language, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new OpenSessionRequest(name, language), SessionJson.Default.OpenSessionRequest);
        using var answer = await transport.PostAsync("api/tasks/me/with-session/nemo_agent", body, repeatable: true, cancellationToken);
        return answer.Read(root =>
        {
            var data = root.GetProperty("data");
            return new NemoSession(Id(data, "task_id"), Id(data, "session_id"));
        });
    }

    /// <summary>Uploads files in one call. Repeating it would add them twice, and so a failure in between is for the caller to judge.</summary>
    /// <returns>Whether the session's state holds them already, as far as the backend says.</returns>
    public async Task<bool> UploadAsync(string sessionId, IReadOnlyList<StagedMedia> files, CancellationToken cancellationToken)
    {
        var path = $"api/upload-video/nemo_agent/me/{sessionId}";
        using var answer = await transport.CallAsync(
            _ => ValueTask.FromResult(new HttpRequestMessage(HttpMethod.Post, path) { Content = Form(files) }),
            repeatable: false,
            options.Value.UploadTimeout,
            cancellationToken);
        return answer.Read(root =>
            !root.TryGetProperty("data", out var data)
            || !data.TryGetProperty("session_state_applied", out var applied)
            || applied.ValueKind != JsonValueKind.False);
    }

    public async Task<SessionState> ReadStateAsync(string sessionId, CancellationToken cancellationToken)
    {
        using var answer = await transport.GetAsync($"api/state/nemo_agent/me/{sessionId}/latest", cancellationToken);
        return answer.Read(SessionStateReader.Read);
    }

    private MultipartFormDataContent Form(IReadOnlyList<StagedMedia> files)
    {
        var form = new MultipartFormDataContent();
        foreach (var file in files)
        {
            form.Add(new StagedContent(store, file), "files", file.FileName);
        }

        return form;
    }

    // It becomes part of paths, here and there.
    private static string Id(JsonElement data, string name) => Text(data, name) is { Length: <= LongestId } id && !id.AsSpan().ContainsAnyExcept(OfIds)
        ? id
        : throw new FaceSwapException(ErrorCodes.BackendUnavailable, $"The backend answered a session whose '{name}' is no id.");

    private static string Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FaceSwapException(ErrorCodes.BackendUnavailable, $"The backend answered a session without '{name}'.");
}

/// <summary>An editing session at the backend.</summary>
/// <param name="TaskId">The project it belongs to.</param>
/// <param name="SessionId">Its id: digits, longer than a number can hold exactly, and so a text everywhere.</param>
public sealed record NemoSession(string TaskId, string SessionId);

internal sealed record OpenSessionRequest(string TaskName, string Language);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenSessionRequest))]
[JsonSerializable(typeof(ClaimTokenRequest))]
internal sealed partial class SessionJson : JsonSerializerContext;
