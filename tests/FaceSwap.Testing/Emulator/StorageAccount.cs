using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace FaceSwap.Testing.Emulator;

/// <summary>An account of the emulator. Each request searches everything that its account holds, so a host takes an account of its own.</summary>
public sealed class StorageAccount(AzuriteServer server, string name)
{
    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>The key, which all accounts of the emulator share.</summary>
    public string Key => server.Key;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={Key};{string.Concat(server.Endpoints.Select(endpoint => $"{endpoint.Service}Endpoint={endpoint.Address}/{name};"))}";

    public BlobContainerClient Container(string containerName) => new(ConnectionString, containerName);

    /// <summary>The requests that touched a container since the emulator was started, one line each: method, path and status.</summary>
    public IReadOnlyList<string> Requests(string containerName) =>
        [.. server.LogLines.Where(line => line.Contains($"/{name}/{containerName}/", StringComparison.Ordinal) || line.Contains($"/{name}/{containerName}?", StringComparison.Ordinal))];

    /// <summary>Every blob of the containers whose name begins so.</summary>
    public async IAsyncEnumerable<(string Place, byte[] Content)> ReadBlobsAsync(string containerPrefix)
    {
        var service = new BlobServiceClient(ConnectionString);
        await foreach (var container in service.GetBlobContainersAsync(prefix: containerPrefix))
        {
            var client = service.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
            {
                yield return ($"{container.Name}/{blob.Name}", (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray());
            }
        }
    }

    /// <summary>Every entity of the tables whose name begins so, as text.</summary>
    public async IAsyncEnumerable<(string Place, byte[] Content)> ReadTablesAsync(string tablePrefix)
    {
        var service = new TableServiceClient(ConnectionString);
        await foreach (var table in service.QueryAsync(table => table.Name.CompareTo(tablePrefix) >= 0))
        {
            if (!table.Name.StartsWith(tablePrefix, StringComparison.Ordinal))
            {
                continue;
            }

            await foreach (var entity in service.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                yield return (table.Name, Encoding.UTF8.GetBytes(string.Join('\n', entity.Select(property => $"{property.Key}={property.Value}"))));
            }
        }
    }
}
