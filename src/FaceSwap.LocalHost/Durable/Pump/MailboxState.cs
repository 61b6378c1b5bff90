namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>What a mailbox is doing.</summary>
internal enum MailboxState
{
    /// <summary>Nothing to do.</summary>
    Idle,

    /// <summary>The caller has to have a turn run.</summary>
    Ready,

    /// <summary>A turn is running and will look again.</summary>
    Busy,

    /// <summary>The mailbox was given up.</summary>
    Retired,
}
