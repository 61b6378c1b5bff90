using System.Net;
using System.Net.Sockets;
using FaceSwap.Errors;
using Microsoft.Extensions.Options;

namespace FaceSwap.Network;

/// <summary>The one guard for addresses that callers give: media and webhooks.</summary>
/// <remarks>
/// What an address says is checked when it is submitted; where it leads is checked when the connection is made, because
/// a name may resolve to another address by then. The name is resolved once and the connection goes to a checked address.
/// </remarks>
public sealed class AddressGuard(IOptions<NetworkOptions> options)
{
    private const int LongestAddress = 2048;
    private readonly IPNetwork[] _allowed = [.. options.Value.ParseAllowedRanges()];

    /// <summary>Reads an address that a caller gave.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.AddressRefused"/>: it is no http(s) address, or names a place that is not public.</exception>
    public Uri Parse(string address)
    {
        if (address.Length > LongestAddress || !Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            throw Refuse("The address is not an absolute http or https address of at most 2,048 characters.");
        }

        Check(uri);
        return uri;
    }

    /// <summary>Checks what an address says; a redirect's target passes here too.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.AddressRefused"/>.</exception>
    public void Check(Uri uri)
    {
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        {
            throw Refuse("Only http and https addresses are fetched.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw Refuse("The address must not carry a user name or a password.");
        }

        if (HostOf(uri) is not { Length: > 0 } host)
        {
            throw Refuse("The address names a host that there cannot be.");
        }

        if (IPAddress.TryParse(host, out var literal) && !Allows(literal))
        {
            throw Refuse("The address leads to a place that is not public.");
        }
    }

    /// <summary>Whether a connection to this address is allowed.</summary>
    public bool Allows(IPAddress address)
    {
        var target = SpecialRanges.Unwrap(address);
        return !SpecialRanges.Contains(target) || _allowed.Any(range => range.Contains(target));
    }

    /// <summary>Connects for <see cref="SocketsHttpHandler.ConnectCallback"/>: resolves once, keeps the allowed addresses, connects.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var resolved = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = Array.FindAll(resolved, Allows);
        if (allowed.Length == 0)
        {
            throw Refuse("The address leads to a place that is not public.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The host as it is connected to, whose full stops may be of another script. A name such as xn--aü.com comes to none.
    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static FaceSwapException Refuse(string detail) => new(ErrorCodes.AddressRefused, detail);
}
