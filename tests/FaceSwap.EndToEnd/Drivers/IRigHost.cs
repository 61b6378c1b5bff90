using Azure.Storage.Blobs;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Processes;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>A running app that a test calls.</summary>
internal interface IRigHost : IAsyncDisposable
{
    Uri Address { get; }

    string FunctionKey { get; }

    /// <summary>The account that it alone uses.</summary>
    StorageAccount Storage { get; }

    /// <summary>Where its documents and media lie.</summary>
    BlobContainerClient Container { get; }

    string MasterKey { get; }

    /// <summary>Where it expects its backend.</summary>
    int BackendPort { get; }

    ProcessLog Log { get; }

    /// <summary>The ids of all instances of which anything is kept, in ordinal order.</summary>
    Task<IReadOnlyList<string>> InstanceIdsAsync();

    /// <summary>Runs a timer function, and waits until it has ended.</summary>
    Task RunTimerAsync(string function);
}
