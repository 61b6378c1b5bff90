namespace NemoVideo.Simulator.Desk;

/// <summary>The headers that say which skill calls. Without them the backend exports nothing.</summary>
internal static class Attribution
{
    private static readonly string[] Headers = ["X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"];

    public static bool IsComplete(HttpRequest request) =>
        Headers.All(name => !string.IsNullOrWhiteSpace(request.Headers[name]));
}
