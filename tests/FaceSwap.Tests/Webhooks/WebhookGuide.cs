using System.Text.RegularExpressions;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

/// <summary>What docs/webhooks.md shows: its test vector and its code.</summary>
internal static partial class WebhookGuide
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Webhooks", "webhooks.md"));

    public static string Secret => Vector("secret");

    public static string Id => Vector("`webhook-id`");

    public static string Timestamp => Vector("`webhook-timestamp`");

    public static string Body => Vector("body");

    public static string Signature => Vector("`webhook-signature`");

    /// <summary>The one code block of a language.</summary>
    public static string Code(string language) => Assert.Single(
        Blocks().Matches(Text), block => block.Groups["language"].Value == language).Groups["code"].Value;

    private static string Vector(string row) =>
        Assert.Single(Rows().Matches(Text), match => match.Groups["row"].Value == row).Groups["value"].Value;

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^\| (?<row>secret|body|`webhook-\w+`) \| `(?<value>[^`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
