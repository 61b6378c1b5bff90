using FaceSwap.LocalHost.Durable.Execution;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>What happens in memory once a turn is on disk.</summary>
internal interface ITurnEffects
{
    /// <summary>Dispatches what a committed turn produced.</summary>
    void LetOut(InstanceIdentity instance, TurnCommit commit);

    /// <summary>An instance came to its end.</summary>
    void Finished(InstanceIdentity instance);
}
