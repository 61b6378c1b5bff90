using System.Net.Http.Headers;
using System.Text;

namespace FaceSwap.EndToEnd;

/// <summary>A request that nothing can come of, and how it is to be refused.</summary>
/// <param name="What">What is wrong with it; no two requests share it.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">The path and query under <c>api/</c>; names in braces stand for what the test has made.</param>
/// <param name="Status">The status that answers it.</param>
/// <param name="Code">The code of the problem; null where the host answers it before the app, without one.</param>
internal sealed record BadRequest(string What, string Method, string Target, int Status, string? Code)
{
    public byte[]? Body { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether it goes out byte for byte, past the client, which would put it in order.</summary>
    public bool IsRaw { get; init; }

    /// <summary>How many bytes of the body are sent; then nothing comes any more, on a connection that stays open. Null: all.</summary>
    public int? StallsAfter { get; init; }

    /// <summary>Whether the app gets it as it was sent only where no server stands before it: the platform's joins headers, and takes ASCII alone.</summary>
    public bool IsChangedOnTheWay { get; init; }

    /// <summary>The path alone, as routes name it.</summary>
    public string Path => Target.Split('?')[0];

    public override string ToString() => $"{Method} {(Target.Length <= 100 ? Target : $"{Target[..100]}…")}, {What}";

    /// <summary>The request for a client.</summary>
    /// <param name="target">The target with what the names stand for.</param>
    public HttpRequestMessage ToMessage(string target)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(Method), $"api/{target}");
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Add(name, value);
            }
        }

        return request;
    }

    /// <summary>The request as bytes.</summary>
    /// <param name="target">The target with what the names stand for.</param>
    /// <param name="host">The host with its port.</param>
    /// <param name="functionKey">What admits it.</param>
    public byte[] ToBytes(string target, string host, string functionKey)
    {
        var head = new StringBuilder($"{Method} /api/{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nx-functions-key: {functionKey}\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        if (Body is not null)
        {
            head.Append($"Content-Type: {ContentType}\r\nContent-Length: {Body.Length}\r\n");
        }

        return [.. Encoding.UTF8.GetBytes($"{head}\r\n"), .. Body?.Take(StallsAfter ?? Body.Length) ?? []];
    }

    /// <summary>A JSON body.</summary>
    public BadRequest With(string json) => this with { Body = Encoding.UTF8.GetBytes(json), ContentType = "application/json" };

    /// <summary>A form of these parts, each with its headers and its content.</summary>
    public BadRequest With(params (string Headers, byte[] Content)[] parts) => this with
    {
        Body = [.. parts.SelectMany(part => Encoding.UTF8.GetBytes($"--b\r\n{part.Headers}\r\n\r\n").Concat(part.Content).Concat("\r\n"u8.ToArray())), .. "--b--\r\n"u8],
        ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", "b") } }.ToString(),
    };
}
