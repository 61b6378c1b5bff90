using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Http;

/// <summary>The keys that admit to functions: one for all functions, and the master key, which opens everything.</summary>
internal sealed class FunctionKeys(string functionKey, string masterKey)
{
    private const string KeyHeader = "x-functions-key";
    private const string KeyParameter = "code";

    private readonly byte[] _functionKey = Hash(functionKey);
    private readonly byte[] _masterKey = Hash(masterKey);

    public bool Admits(HttpRequest request, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous)
        {
            return true;
        }

        var given = Hash(GivenKey(request));
        var isMaster = CryptographicOperations.FixedTimeEquals(given, _masterKey);
        var isFunction = CryptographicOperations.FixedTimeEquals(given, _functionKey);
        return isMaster || (isFunction && level is AuthorizationLevel.Function or AuthorizationLevel.User);
    }

    private static string GivenKey(HttpRequest request) =>
        request.Headers.TryGetValue(KeyHeader, out var header) ? header.ToString() : request.Query[KeyParameter].ToString();

    // Hashes have one length, so that a comparison tells nothing about the length of the key.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
