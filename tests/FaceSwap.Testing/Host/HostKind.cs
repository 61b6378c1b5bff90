namespace FaceSwap.Testing.Host;

/// <summary>What runs the function app.</summary>
public enum HostKind
{
    /// <summary>The host for one machine, with its state in an SQLite file.</summary>
    Local,

    /// <summary>The genuine worker process and the genuine Durable extension over Azurite, under <c>tests/FaceSwap.FunctionsHost</c>.</summary>
    Functions,

    /// <summary>Azure Functions Core Tools (<c>func</c>), which must be on the path, over Azurite.</summary>
    Func,
}

/// <summary>The kind that tests run on unless they name one.</summary>
public static class HostKinds
{
    /// <summary>Named by the variable <c>FACESWAP_HOST</c> (<c>local</c>, <c>functions</c>, <c>func</c>); the local host without it.</summary>
    public static HostKind Chosen { get; } = Environment.GetEnvironmentVariable("FACESWAP_HOST") is { Length: > 0 } name
        ? Enum.Parse<HostKind>(name, ignoreCase: true)
        : HostKind.Local;
}
