using System.Reflection;
using System.Text.Json.Nodes;
using FaceSwap.Client;
using FaceSwap.Client.Models;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Processes;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Clients that were generated from the contract, and nobody changed, run a job each.</summary>
public sealed class ClientTests(HostRigFixture fixture) : IClassFixture<HostRigFixture>
{
    private static readonly string TypeScript = Path.GetFullPath(typeof(ClientTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "TypeScriptClient").Value!);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_OfAClientInCSharp_IsTakenInWaitedForAndListed()
    {
        var rig = fixture.Rig;
        await using var media = await MediaServer.StartAsync();
        using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: rig.Jobs.Http) { BaseUrl = new Uri(rig.Jobs.Http.BaseAddress!, "api").AbsoluteUri };
        var client = new FaceSwapClient(adapter);

        var started = await client.Jobs.PostAsync(
            new JobRequest { Video = media.Serve("clip.mp4", SampleMedia.Clip).AbsoluteUri, Face = media.Serve("face.jpg", SampleMedia.FaceJpeg).AbsoluteUri },
            request => request.Headers.Add("Prefer", "wait=60"),
            Token);
        var job = await client.Jobs[started!.Job!.Id!].GetAsync(request => request.Headers.Add("Prefer", "wait=60"), Token);
        var result = await client.Jobs[job!.Id!].Result.GetAsync(request => request.QueryParameters.Redirect = false, Token);
        var list = await client.Jobs.GetAsync(request => request.QueryParameters.Limit = 1, Token);
        var refusal = await Assert.ThrowsAsync<FaceSwap.Client.Models.Problem>(() => client.Jobs["job_0"].GetAsync(cancellationToken: Token));

        Assert.Equal((JobStage.Completed, 100), (job.Status, job.Percent));
        Assert.Equal(job.Result!.Sha256, result!.Sha256);
        Assert.Equal(job.Id, Assert.Single(list!.Jobs!).Id);
        Assert.Equal(Problem_code.Job_not_found, refusal.Code);
    }

    [Fact]
    public async Task Contract_PassesTheLinter() => await RunAsync(
        "node_modules/@redocly/cli/bin/cli.js", "lint", "--config", Path.Combine(TypeScript, "redocly.yaml"), Contract);

    [Fact]
    public async Task Job_OfAClientInTypeScript_IsTakenInAndWaitedFor()
    {
        var rig = fixture.Rig;
        await using var media = await MediaServer.StartAsync();
        await RunAsync("node_modules/openapi-typescript/bin/cli.js", Contract, "--output", Path.Combine(TypeScript, "obj/api.d.ts"));
        await RunAsync("node_modules/typescript/bin/tsc", "--project", TypeScript);

        var printed = await RunAsync(
            "obj/client.js",
            new Uri(rig.Jobs.Http.BaseAddress!, "api").AbsoluteUri,
            rig.Jobs.Http.DefaultRequestHeaders.GetValues("x-functions-key").Single(),
            media.Serve("clip.mp4", SampleMedia.Clip).AbsoluteUri,
            media.Serve("face.jpg", SampleMedia.FaceJpeg).AbsoluteUri);

        Assert.Equal("completed", (string?)JsonNode.Parse(printed)!["status"]);
    }

    private static string Contract => Path.GetFullPath(Path.Combine(TypeScript, "../../../src/FaceSwap.Functions/Contract/openapi.json"));

    private static Task<string> RunAsync(string script, params string[] arguments) =>
        Programs.RunAsync("node", [Path.Combine(TypeScript, script), .. arguments]);
}
