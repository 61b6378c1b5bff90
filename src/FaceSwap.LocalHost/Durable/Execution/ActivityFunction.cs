namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>The code of an activity.</summary>
/// <param name="call">Who calls, and with what.</param>
/// <param name="shutdown">Cancelled when the host stops; the activity then runs again after the restart.</param>
/// <returns>The output before serialisation.</returns>
internal delegate Task<object?> ActivityFunction(ActivityCall call, CancellationToken shutdown);
