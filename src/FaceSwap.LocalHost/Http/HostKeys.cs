using System.Security.Cryptography;
using System.Text;
using FaceSwap.LocalHost.Functions;

namespace FaceSwap.LocalHost.Http;

/// <summary>The keys that admit requests, as header or as parameter of the query.</summary>
internal sealed class HostKeys(LocalHostOptions options)
{
    private readonly byte[] functionKey = Hash(options.FunctionKey);
    private readonly byte[]? masterKey = options.MasterKey is { } key ? Hash(key) : null;

    public bool Admit(HttpRequest request, AppFunction function) => function.TriggerText("authLevel")?.ToUpperInvariant() switch
    {
        "ANONYMOUS" => true,
        "ADMIN" => AdmitToAdmin(request),
        _ => IsGiven(functionKey, request) | AdmitToAdmin(request),
    };

    public bool AdmitToAdmin(HttpRequest request) => masterKey is not null && IsGiven(masterKey, request);

    private static bool IsGiven(byte[] key, HttpRequest request) => CryptographicOperations.FixedTimeEquals(Hash(Given(request)), key);

    private static string Given(HttpRequest request) =>
        request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();

    // Hashes have one length, so that a comparison tells nothing about the length of the key.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
