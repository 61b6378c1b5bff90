using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Web;
using System.Xml.Linq;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace FaceSwap.Tests.Product;

/// <summary>
/// A storage account in memory, spoken to by the real client: blobs with versions, conditions, metadata and ordered lists. Those of the
/// app's own container go by their names, those of any other by the container and their names.
/// </summary>
/// <remarks>For questions that are decided in milliseconds, or in between two requests; Azurite answers the others.</remarks>
internal sealed class MemoryBlobs : HttpMessageHandler
{
    /// <summary>The app's own container.</summary>
    public const string Container = "test";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, StoredBlob> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, string Id), byte[]> _blocks = [];
    private readonly MemoryLeases _leases = new();
    private int _versions;

    /// <summary>Runs before a request is looked at, with its method and the blob's path: it may wait, change blobs, or throw as a lost connection does.</summary>
    public Func<string, string, Task>? Before { get; set; }

    /// <summary>Runs after a request took effect and before its answer is seen.</summary>
    public Func<string, string, Task>? After { get; set; }

    /// <summary>The clock by which blobs are written.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The requests, as "METHOD path".</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>For each page of names that was asked for, how many names at most.</summary>
    public ConcurrentQueue<int> PageSizes { get; } = new();

    /// <summary>The names of the blobs under a prefix, in ordinal order.</summary>
    public IReadOnlyList<string> NamesUnder(string prefix)
    {
        lock (_gate)
        {
            return [.. _blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }

    /// <summary>A blob's content; null when there is none.</summary>
    public byte[]? this[string path]
    {
        get
        {
            lock (_gate)
            {
                return _blobs.GetValueOrDefault(path)?.Content;
            }
        }
    }

    /// <summary>Puts empty blobs there, without requests.</summary>
    public void Fill(IEnumerable<string> names)
    {
        lock (_gate)
        {
            foreach (var name in names)
            {
                _blobs[name] = new StoredBlob([], "application/octet-stream", "\"0x1\"", new Dictionary<string, string>(), Time.GetUtcNow());
            }
        }
    }

    /// <summary>Removes all blobs.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _blobs.Clear();
        }
    }

    /// <summary>A client of this account.</summary>
    public BlobServiceClient NewClient()
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(this) };
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return new BlobServiceClient("UseDevelopmentStorage=true", options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var method = request.Method.Method;
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);

        // The account's name, the container's, and the rest is the blob's.
        var parts = Uri.UnescapeDataString(request.RequestUri.AbsolutePath.Trim('/')).Split('/', 3);
        var root = parts[1] == Container ? "" : $"{parts[1]}/";
        var path = $"{root}{parts.ElementAtOrDefault(2)}";
        Requests.Enqueue($"{method} {path}");
        if (Before is { } before)
        {
            await before(method, path).WaitAsync(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        HttpResponseMessage response;
        lock (_gate)
        {
            response = query["comp"] == "list" ? query["delimiter"] is not null ? Folders(query["prefix"] ?? "") : List(root, query["prefix"] ?? "", query["marker"] ?? "", int.Parse(query["maxresults"] ?? "5000", CultureInfo.InvariantCulture))
                : query["restype"] == "container" ? new HttpResponseMessage(method == "PUT" ? HttpStatusCode.Created : HttpStatusCode.OK)
                : method switch
                {
                    "PUT" when query["comp"] == "lease" => _blobs.TryGetValue(path, out var leased) ? Describe(_leases.Answer(path, request, Time), leased) : Refuse(HttpStatusCode.NotFound, "BlobNotFound"),
                    "PUT" when query["comp"] == "appendblock" => Append(path, content),
                    "PUT" when query["comp"] == "block" => Stage(path, query["blockid"]!, content),
                    "PUT" when query["comp"] == "blocklist" => Put(path, Join(path, content), request),
                    "PUT" => Put(path, content, request),
                    _ when !_blobs.ContainsKey(path) => Refuse(HttpStatusCode.NotFound, "BlobNotFound"),
                    _ when IsOtherThanWanted(path, request) => Refuse(HttpStatusCode.PreconditionFailed, "ConditionNotMet"),
                    "DELETE" => Delete(path),
                    _ => Get(path, withContent: method == "GET"),
                };
        }

        if (After is { } after)
        {
            await after(method, path).WaitAsync(cancellationToken);
        }

        response.RequestMessage = request;
        return response;
    }

    private HttpResponseMessage Append(string path, byte[] content)
    {
        if (_blobs.GetValueOrDefault(path) is not { } there)
        {
            return Refuse(HttpStatusCode.NotFound, "BlobNotFound");
        }

        var grown = _blobs[path] = there with { Content = [.. there.Content, .. content], At = Time.GetUtcNow() };
        var response = Describe(new HttpResponseMessage(HttpStatusCode.Created), grown);
        response.Headers.Add("x-ms-blob-append-offset", there.Content.Length.ToString(CultureInfo.InvariantCulture));
        return response;
    }

    // A stream comes in blocks, and is a blob when their list is put.
    private HttpResponseMessage Stage(string path, string id, byte[] content)
    {
        _blocks[(path, id)] = content;
        return new HttpResponseMessage(HttpStatusCode.Created);
    }

    private byte[] Join(string path, byte[] list)
    {
        using var xml = new MemoryStream(list);
        return [.. XElement.Load(xml).Elements().SelectMany(id => _blocks[(path, id.Value)])];
    }

    private HttpResponseMessage Put(string path, byte[] content, HttpRequestMessage request)
    {
        var there = _blobs.GetValueOrDefault(path);
        if (request.Headers.IfNoneMatch.Count > 0 && there is not null)
        {
            return Refuse(HttpStatusCode.Conflict, "BlobAlreadyExists");
        }

        if (IsOtherThanWanted(path, request))
        {
            return Refuse(HttpStatusCode.PreconditionFailed, "ConditionNotMet");
        }

        var facts = request.Headers.Where(header => header.Key.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key["x-ms-meta-".Length..], header => header.Value.First());
        var type = request.Headers.TryGetValues("x-ms-blob-content-type", out var types) ? types.First() : "application/octet-stream";
        var stored = _blobs[path] = new StoredBlob(content, type, $"\"0x{++_versions:X}\"", facts, Time.GetUtcNow());
        return Describe(new HttpResponseMessage(HttpStatusCode.Created), stored);
    }

    private bool IsOtherThanWanted(string path, HttpRequestMessage request) =>
        request.Headers.IfMatch.FirstOrDefault()?.Tag is { } version && version != _blobs.GetValueOrDefault(path)?.Version;

    private HttpResponseMessage Delete(string path)
    {
        _blobs.Remove(path);
        return new HttpResponseMessage(HttpStatusCode.Accepted);
    }

    private HttpResponseMessage Get(string path, bool withContent)
    {
        var found = _blobs[path];
        var response = Describe(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(withContent ? found.Content : []) }, found);
        response.Content.Headers.ContentLength = found.Content.Length;
        response.Content.Headers.ContentType = new(found.Type);
        return response;
    }

    private HttpResponseMessage Folders(string prefix)
    {
        var folders = _blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.IndexOf('/', prefix.Length) > 0)
            .Select(name => name[..(name.IndexOf('/', prefix.Length) + 1)]).Distinct();
        var xml = new XElement(
            "EnumerationResults",
            new XAttribute("ServiceEndpoint", "https://memory.test/"),
            new XAttribute("ContainerName", Container),
            new XElement("Blobs", folders.Select(name => new XElement("BlobPrefix", new XElement("Name", name)))),
            new XElement("NextMarker", ""));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(xml.ToString(), null, "application/xml") };
    }

    private HttpResponseMessage List(string root, string prefix, string marker, int size)
    {
        PageSizes.Enqueue(size);
        var after = _blobs.Where(blob => blob.Key.StartsWith(root + prefix, StringComparison.Ordinal) && string.CompareOrdinal(blob.Key, marker) > 0).ToArray();
        var page = after.Take(size).ToArray();
        var xml = new XElement(
            "EnumerationResults",
            new XElement("Blobs", page.Select(blob => new XElement(
                "Blob",
                new XElement("Name", blob.Key[root.Length..]),
                new XElement(
                    "Properties",
                    new XElement("Content-Length", blob.Value.Content.Length),
                    new XElement("BlobType", "BlockBlob"),
                    new XElement("Last-Modified", blob.Value.At.ToString("R")),
                    new XElement("Etag", blob.Value.Version.Trim('"'))),
                new XElement("Metadata", blob.Value.Facts.Select(fact => new XElement(fact.Key, fact.Value)))))),
            new XElement("NextMarker", after.Length > page.Length ? page[^1].Key : ""));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(xml.ToString(), null, "application/xml") };
    }

    private static HttpResponseMessage Describe(HttpResponseMessage response, StoredBlob blob)
    {
        response.Content ??= new ByteArrayContent([]);
        response.Headers.ETag = new(blob.Version);
        response.Content.Headers.LastModified = blob.At;
        response.Headers.Add("x-ms-blob-type", "BlockBlob");
        foreach (var (name, value) in blob.Facts)
        {
            response.Headers.Add($"x-ms-meta-{name}", value);
        }

        return response;
    }

    internal static HttpResponseMessage Refuse(HttpStatusCode status, string code) => new(status)
    {
        Headers = { { "x-ms-error-code", code } },
        Content = new StringContent($"<Error><Code>{code}</Code><Message>Refused.</Message></Error>", Encoding.UTF8, "application/xml"),
    };

    private sealed record StoredBlob(byte[] Content, string Type, string Version, IReadOnlyDictionary<string, string> Facts, DateTimeOffset At);
}
