using System.Text;
using System.Text.Json;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Processes;
using FaceSwap.Webhooks;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

/// <summary>The guide's vector is right, and its code does what it says.</summary>
public sealed class WebhookGuideTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(WebhookGuide.Body);
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(long.Parse(WebhookGuide.Timestamp));

    [Fact]
    public void Vector_OfTheGuide_IsWhatWouldBeSent()
    {
        Assert.Equal(WebhookGuide.Signature, WebhookSignature.Sign(WebhookGuide.Secret, WebhookGuide.Id, At, Body));
        Assert.Equal(WebhookVerdict.Valid, WebhookSignature.Verify(
            WebhookGuide.Secret, WebhookGuide.Id, WebhookGuide.Timestamp, WebhookGuide.Signature, Body, At));
        Assert.Contains("WebhookSignature.Verify(secret, id, timestamp, signatures, body, now) == WebhookVerdict.Valid", WebhookGuide.Code("csharp"), StringComparison.Ordinal);
    }

    [Fact]
    public Task NodeCode_OfTheGuide_BelievesTheVectorAndNothingElse() => RunAsync(
        "node",
        "guide.mjs",
        $$"""
        {{WebhookGuide.Code("js")}}
        const [secret, id, timestamp, signature, body] = process.argv.slice(2);
        const at = Number(timestamp);
        const other = signature.replace("v1,", "v1,AAAA");
        console.log("verdicts", JSON.stringify([
          isGenuine(secret, id, timestamp, signature, body, at),
          isGenuine(secret, id, timestamp, `${other} ${signature}`, body, at + 300),
          isGenuine(secret, id, timestamp, other, body, at),
          isGenuine(secret, id, timestamp, signature, body + " ", at),
          isGenuine(secret, id, timestamp, signature, body, at + 301),
        ]));
        """);

    [Fact]
    public Task PythonCode_OfTheGuide_BelievesTheVectorAndNothingElse()
    {
        Assert.SkipUnless(Programs.Has("python3"), "python3 is not on the path.");
        return RunAsync(
            "python3",
            "guide.py",
            $$"""
            {{WebhookGuide.Code("python")}}
            import json, sys
            secret, id, timestamp, signature, body = sys.argv[1:]
            body, at, other = body.encode(), int(timestamp), signature.replace("v1,", "v1,AAAA")
            print("verdicts", json.dumps([
                is_genuine(secret, id, timestamp, signature, body, at),
                is_genuine(secret, id, timestamp, other + " " + signature, body, at + 300),
                is_genuine(secret, id, timestamp, other, body, at),
                is_genuine(secret, id, timestamp, signature, body + b" ", at),
                is_genuine(secret, id, timestamp, signature, body, at + 301),
            ]))
            """);
    }

    private static async Task RunAsync(string program, string name, string code)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.PathOf(name), code, TestContext.Current.CancellationToken);
        await using var process = ChildProcess.Start(
            program,
            [folder.PathOf(name), WebhookGuide.Secret, WebhookGuide.Id, WebhookGuide.Timestamp, WebhookGuide.Signature, WebhookGuide.Body]);
        var line = await process.WaitForLineAsync(line => line.StartsWith("verdicts ", StringComparison.Ordinal), "it has judged");
        Assert.Equal([true, true, false, false, false], JsonSerializer.Deserialize<bool[]>(line["verdicts ".Length..])!);
    }
}
