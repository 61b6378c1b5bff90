namespace FaceSwap.Functions.Http.Webhooks;

/// <summary>One page of an endpoint's deliveries, newest first.</summary>
/// <param name="Deliveries">The deliveries; with a filter a page may hold fewer than asked for, or none, though more follow.</param>
/// <param name="Cursor">For the next page; absent: this is the last.</param>
public sealed record DeliveryListBody(IReadOnlyList<DeliveryView> Deliveries, string? Cursor);
