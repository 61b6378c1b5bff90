using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Tokens;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Transport;

/// <summary>One call to the backend: bearer token, attribution, time limit, renewal of an expired token, repetition where it is safe.</summary>
/// <remarks>The paid message does not pass here: nothing may ever repeat it.</remarks>
public sealed class NemoTransport(HttpClient http, NemoTokens tokens, NemoRetry retry, IOptions<NemoOptions> options, TimeProvider time)
{
    /// <summary>Makes a call and returns its JSON.</summary>
    /// <param name="request">Makes the request anew for each try.</param>
    /// <param name="repeatable">Whether the call may be repeated when it is not known whether the first one arrived.</param>
    /// <param name="timeout">The limit for one try; null for the ordinary one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FaceSwapException">The backend refused, or could not be reached.</exception>
    public async Task<JsonDocument> CallAsync(
        Func<CancellationToken, ValueTask<HttpRequestMessage>> request,
        bool repeatable,
        TimeSpan? timeout,
        CancellationToken cancellationToken) =>
        await retry.RunAsync(repeatable, token => WithTokenAsync(request, timeout ?? options.Value.RequestTimeout, token), cancellationToken);

    /// <summary>Gets a path and returns its JSON.</summary>
    public Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken) =>
        CallAsync(_ => ValueTask.FromResult(new HttpRequestMessage(HttpMethod.Get, path)), repeatable: true, null, cancellationToken);

    /// <summary>Posts JSON to a path and returns the answer's JSON.</summary>
    public Task<JsonDocument> PostAsync(string path, byte[] json, bool repeatable, CancellationToken cancellationToken) =>
        CallAsync(_ => ValueTask.FromResult(new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(json) }), repeatable, null, cancellationToken);

    /// <summary>Gets something that is no JSON and hands the open answer on, whatever its status.</summary>
    /// <exception cref="FaceSwapException">The backend could not be reached, or takes no token of ours.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken);
        var response = await OpenAsync(path, token, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        response.Dispose();
        return await OpenAsync(path, await tokens.RenewAsync(token, cancellationToken), cancellationToken);
    }

    private async Task<HttpResponseMessage> OpenAsync(string path, NemoToken token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token.ToHeader();
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    internal static ByteArrayContent Json(byte[] json) =>
        new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private async Task<JsonDocument> WithTokenAsync(
        Func<CancellationToken, ValueTask<HttpRequestMessage>> request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken);
        try
        {
            return await SendAsync(request, token, timeout, cancellationToken);
        }
        catch (FaceSwapException e) when (e.Code == ErrorCodes.TokenExpired)
        {
            token = await tokens.RenewAsync(token, cancellationToken);
            return await SendAsync(request, token, timeout, cancellationToken);
        }
        catch (FaceSwapException e) when (e.Code == ErrorCodes.InsufficientCredits)
        {
            throw new FaceSwapException(e.Code, e.Message) { Remedy = NemoRemedies.TopUp(token, options.Value) };
        }
    }

    private Task<JsonDocument> SendAsync(
        Func<CancellationToken, ValueTask<HttpRequestMessage>> create, NemoToken token, TimeSpan timeout, CancellationToken cancellationToken) =>
        NemoCall.WithinAsync(
            timeout,
            time,
            async within =>
            {
                using var request = await create(within);
                request.Headers.Authorization = token.ToHeader();
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, within);
                return await NemoAnswer.ReadAsync(response, time, within);
            },
            cancellationToken);
}
