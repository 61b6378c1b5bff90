using System.Security.Cryptography;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;
using Microsoft.Extensions.Configuration;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The app's settings in tests: everything that waits, waits a hundredth of what it does otherwise.</summary>
internal static class RigSettings
{
    /// <summary>Where the backend's own pages are.</summary>
    public const string WebUrl = "https://web.example";

    /// <summary>The configured token of an account that a test opens at its backend, or does not.</summary>
    public const string RegisteredToken = "nmv_usr_configured_for_these_tests";

    /// <summary>Sets <see cref="RegisteredToken"/>.</summary>
    public static readonly (string Name, string Value) Registered = ("NEMO_TOKEN", RegisteredToken);

    /// <summary>A master key that nobody else has.</summary>
    public static string NewMasterKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The settings, with others over them, which are named as environment variables.</summary>
    public static Dictionary<string, string> For(
        StorageAccount storage, string container, Uri backend, string masterKey, IEnumerable<(string Name, string Value)> others)
    {
        var all = For(storage, container, backend, masterKey);
        foreach (var (name, value) in others)
        {
            all[name] = value;
        }

        return all;
    }

    /// <summary>Has an app that is built in this process read settings that are named as environment variables.</summary>
    public static void AddTo(IConfigurationBuilder configuration, IReadOnlyDictionary<string, string> settings) => configuration.AddInMemoryCollection(
        settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));

    public static Dictionary<string, string> For(StorageAccount storage, string container, Uri backend, string masterKey) => new()
    {
        ["MasterKey"] = masterKey,
        ["Storage__ConnectionString"] = storage.ConnectionString,
        ["Storage__Container"] = container,
        ["Network__AllowedRanges"] = "127.0.0.0/8",
        ["Network__ConnectTimeout"] = "00:00:01",
        ["Nemo__BaseUrl"] = backend.ToString(),
        ["Nemo__WebUrl"] = WebUrl,
        ["Nemo__RateLimitWait"] = "00:00:00.05",
        ["Nemo__RetryDelay"] = "00:00:00.05",
        ["Jobs__StepRetryDelay"] = "00:00:00.1",
        ["Jobs__FirstReadAfter"] = "00:00:00.2",
        ["Jobs__NextReadAfter"] = "00:00:00.2",
        ["Jobs__SettleInterval"] = "00:00:00.2",
        ["Jobs__SecondAttemptAfter"] = "00:00:02",
        ["Jobs__RenderShortest"] = "00:00:00.05",
        ["Jobs__RenderLongest"] = "00:00:00.5",
        ["Jobs__PollShortest"] = "00:00:00.05",
        ["Jobs__PollLongest"] = "00:00:00.2",
        ["Jobs__RenderPolls"] = "200",
        ["Jobs__Deadline"] = $"{2 * AppHost.JobLimit}",
        ["Webhooks__Schedule"] = "0:00:00,0:00:00.2,0:00:00.2,0:00:00.5,0:00:01,0:00:01",
        ["Webhooks__Timeout"] = "00:00:05",
    };
}
