using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Xunit;

namespace FaceSwap.Testing.Webhooks;

/// <summary>The npm package <c>standardwebhooks</c>, run by Node: signs and verifies by the specification, and nobody here wrote it.</summary>
public static class StandardWebhooksLibrary
{
    /// <summary>What it says when a message is to be believed.</summary>
    public const string Valid = "valid";

    private static readonly string Script = typeof(StandardWebhooksLibrary).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "StandardWebhooks").Value!;

    /// <summary>One answer for each case: a verdict, or a signature.</summary>
    public static async Task<IReadOnlyList<string>> AskAsync(params LibraryCase[] cases)
    {
        var start = new ProcessStartInfo("node", [Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(cases, JsonSerializerOptions.Web));
        node.StandardInput.Close();
        var problem = node.StandardError.ReadToEndAsync();
        var answers = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await problem);
        return JsonSerializer.Deserialize<string[]>(answers)!;
    }
}
