namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>An instance: the id its callers know, and its number in the state file, which no later instance shares.</summary>
internal readonly record struct InstanceIdentity(string Id, long Sequence);
