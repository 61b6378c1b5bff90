using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>An event on its way to an instance, and the row that stands for it until a turn has consumed it.</summary>
/// <param name="Event">The event, or null for a mere wake-up.</param>
/// <param name="Generation">The generation it is meant for; null for whichever is current.</param>
/// <param name="Source">Which row the turn deletes.</param>
/// <param name="Row">Its number: a message, an activity, or the task of a timer.</param>
internal readonly record struct Delivery(HistoryEvent? Event, int? Generation, DeliverySource Source, long Row)
{
    /// <summary>Makes the instance take a turn without bringing anything.</summary>
    public static Delivery Wake => new(null, null, DeliverySource.None, 0);
}
