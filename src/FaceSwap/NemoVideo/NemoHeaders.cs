using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo;

/// <summary>What every call to the backend carries besides the token. Source: backend contract, Headers.</summary>
internal static class NemoHeaders
{
    public static void Apply(IServiceProvider services, HttpClient client)
    {
        var options = services.GetRequiredService<IOptions<NemoOptions>>().Value;
        client.BaseAddress = new Uri($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/");
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Add("X-Skill-Source", options.SkillSource);
        client.DefaultRequestHeaders.Add("X-Skill-Version", options.SkillVersion);
        client.DefaultRequestHeaders.Add("X-Skill-Platform", options.SkillPlatform);
    }
}
