namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>Which table holds the row behind a delivery.</summary>
internal enum DeliverySource
{
    None,
    Message,
    Activity,
    Timer,
}
