namespace FaceSwap.Functions.Contract;

/// <summary>The contract of the API as an OpenAPI 3.1 document. It stands beside this file; a test builds it from the routes and their records and compares.</summary>
internal static class ApiContract
{
    public const string ContentType = "application/vnd.oai.openapi+json;version=3.1";

    private static readonly Lazy<byte[]> Document = new(Read);

    public static ReadOnlyMemory<byte> Json => Document.Value;

    private static byte[] Read()
    {
        using var resource = typeof(ApiContract).Assembly.GetManifestResourceStream("openapi.json")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
