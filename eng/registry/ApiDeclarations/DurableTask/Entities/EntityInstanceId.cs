// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
namespace Microsoft.DurableTask.Entities;

/// <summary>An entity's name, kept in lower case, and its key; written as <c>@name@key</c>.</summary>
public readonly record struct EntityInstanceId
{
    public EntityInstanceId(string name, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(key);
        if (name.Contains('@', StringComparison.Ordinal))
        {
            throw new ArgumentException("An entity's name has no @ in it.", nameof(name));
        }

        (Name, Key) = (name.ToLowerInvariant(), key);
    }

    public string Name { get; }

    public string Key { get; }

    /// <exception cref="ArgumentException">Not of the form <c>@name@key</c>.</exception>
    public static EntityInstanceId FromString(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var separator = instanceId.IndexOf('@', 1);
        return instanceId[0] == '@' && separator > 0
            ? new(instanceId[1..separator], instanceId[(separator + 1)..])
            : throw new ArgumentException($"'{instanceId}' is no entity id: @name@key is expected.", nameof(instanceId));
    }

    public override string ToString() => $"@{Name}@{Key}";
}
