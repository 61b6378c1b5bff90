using System.Security.Cryptography;
using System.Text;
using FaceSwap.FunctionsHost.Functions;

namespace FaceSwap.FunctionsHost.Http;

/// <summary>The key that admits to functions of level <c>Function</c>, as header or as parameter of the query.</summary>
internal sealed class FunctionKey(string key)
{
    private const string Header = "x-functions-key";
    private const string Parameter = "code";
    private readonly byte[] hash = Hash(key);

    public bool Admits(HttpRequest request, AppFunction function) => function.TriggerText("authLevel")?.ToUpperInvariant() switch
    {
        "ANONYMOUS" => true,
        "FUNCTION" => Admits(request),

        // Admin functions want the master key, and there is none.
        _ => false,
    };

    public bool Admits(HttpRequest request) => CryptographicOperations.FixedTimeEquals(Hash(Given(request)), hash);

    private static string Given(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var header) ? header.ToString() : request.Query[Parameter].ToString();

    // Hashes have one length, so that a comparison tells nothing about the length of the key.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
