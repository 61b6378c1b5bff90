namespace FaceSwap.Webhooks.Deliveries;

/// <summary>One page of the log, newest message first.</summary>
/// <param name="Deliveries">The deliveries.</param>
/// <param name="Cursor">Where the next page begins; null: this is the last.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryRecord> Deliveries, string? Cursor);
