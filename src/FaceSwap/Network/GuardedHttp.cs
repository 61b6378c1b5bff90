using System.Net;
using FaceSwap.Errors;

namespace FaceSwap.Network;

/// <summary>HTTP to addresses that callers gave: every connection passes the <see cref="AddressGuard"/>.</summary>
public sealed class GuardedHttp(IHttpClientFactory clients, AddressGuard guard)
{
    /// <summary>The named client whose handler connects through the guard and follows no redirect by itself.</summary>
    public const string ClientName = "guarded";

    private const int MostRedirects = 3;

    /// <summary>Gets an address, following at most three redirects, each of them checked; never from https to http.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.AddressRefused"/> or <see cref="ErrorCodes.MediaUnreachable"/>.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            guard.Check(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var response = await SendAsync(request, cancellationToken);
            if (!IsRedirect(response))
            {
                return response;
            }

            using (response)
            {
                if (redirects == MostRedirects)
                {
                    throw new FaceSwapException(ErrorCodes.MediaUnreachable, "The address redirects more than three times.");
                }

                address = Follow(address, response.Headers.Location!);
            }
        }
    }

    /// <summary>Sends one request without following redirects; the headers of the answer are read, the body is not.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.AddressRefused"/> or <see cref="ErrorCodes.MediaUnreachable"/>.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e) when (e.InnerException is FaceSwapException refused)
        {
            throw new FaceSwapException(refused.Code, refused.Message, inner: e);
        }
        catch (HttpRequestException e)
        {
            throw new FaceSwapException(ErrorCodes.MediaUnreachable, $"The address could not be reached ({e.HttpRequestError}).", inner: e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FaceSwapException(ErrorCodes.MediaUnreachable, "The address did not answer in time.", inner: e);
        }
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.Headers.Location is not null
        && response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static Uri Follow(Uri from, Uri location)
    {
        if (!Uri.TryCreate(from, location, out var target))
        {
            throw new FaceSwapException(ErrorCodes.MediaUnreachable, "The address redirects to what is no address.");
        }

        return from.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps
            ? throw new FaceSwapException(ErrorCodes.AddressRefused, "The address redirects from https to a scheme without encryption.")
            : target;
    }
}
