using System.Net.Http.Headers;
using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Sessions;

/// <summary>Sessions at the backend: opening one, bringing files into it, reading its state.</summary>
public sealed class NemoSessions(NemoTransport transport, BlobStore store, IOptions<NemoOptions> options)
{
    /// <summary>Opens a session. It costs nothing; one that is never used ends by itself.</summary>
    public async Task<NemoSession> OpenAsync(string name, string language, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new OpenSessionRequest(name, language), NemoJson.Default.OpenSessionRequest);
        using var answer = await transport.PostAsync("api/tasks/me/with-session/nemo_agent", body, repeatable: true, cancellationToken);
        return answer.Read(root =>
        {
            var data = root.GetProperty("data");
            return new NemoSession(Text(data, "task_id"), Text(data, "session_id"));
        });
    }

    /// <summary>Uploads files in one call. Repeating it would add them twice, and so a failure in between is for the caller to judge.</summary>
    public async Task UploadAsync(string sessionId, IReadOnlyList<StagedMedia> files, CancellationToken cancellationToken)
    {
        var path = $"api/upload-video/nemo_agent/me/{sessionId}";
        using var answer = await transport.CallAsync(
            async token => new HttpRequestMessage(HttpMethod.Post, path) { Content = await FormAsync(files, token) },
            repeatable: false,
            options.Value.UploadTimeout,
            cancellationToken);
    }

    public async Task<SessionState> ReadStateAsync(string sessionId, CancellationToken cancellationToken)
    {
        using var answer = await transport.GetAsync($"api/state/nemo_agent/me/{sessionId}/latest", cancellationToken);
        return answer.Read(SessionStateReader.Read);
    }

    private async Task<MultipartFormDataContent> FormAsync(IReadOnlyList<StagedMedia> files, CancellationToken cancellationToken)
    {
        var form = new MultipartFormDataContent();
        foreach (var file in files)
        {
            var part = new StreamContent(await store.OpenReadAsync(file.Blob, cancellationToken));
            part.Headers.ContentType = new MediaTypeHeaderValue(file.ContentType);
            part.Headers.ContentLength = file.Size;
            form.Add(part, "files", file.FileName);
        }

        return form;
    }

    private static string Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FaceSwapException(ErrorCodes.BackendUnavailable, $"The backend answered a session without '{name}'.");
}
