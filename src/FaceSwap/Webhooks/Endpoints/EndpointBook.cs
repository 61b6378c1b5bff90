namespace FaceSwap.Webhooks.Endpoints;

/// <summary>One caller's endpoints, in one document: a job is accepted and a message sent with one read of it.</summary>
/// <remarks>Of endpoints that were not created here it holds what became of them: their rotations and status.</remarks>
/// <param name="Endpoints">In the order of their creation.</param>
public sealed record EndpointBook(IReadOnlyList<WebhookEndpoint> Endpoints)
{
    public static EndpointBook Empty { get; } = new([]);

    public WebhookEndpoint? Find(string id) => Endpoints.FirstOrDefault(endpoint => endpoint.Id == id);

    /// <summary>With an endpoint as it is now.</summary>
    public EndpointBook With(WebhookEndpoint changed) => new(Find(changed.Id) is null
        ? [.. Endpoints, changed]
        : [.. Endpoints.Select(endpoint => endpoint.Id == changed.Id ? changed : endpoint)]);

    public EndpointBook Without(string id) => new([.. Endpoints.Where(endpoint => endpoint.Id != id)]);
}
