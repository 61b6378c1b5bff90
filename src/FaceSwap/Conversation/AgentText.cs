using System.Text;

namespace FaceSwap.Conversation;

/// <summary>Puts the agent's text together: pieces that are followed by the whole count once, and all of it is bounded.</summary>
internal sealed class AgentText
{
    private const int MostCharacters = 16 * 1024;
    private readonly StringBuilder _whole = new();
    private readonly StringBuilder _pieces = new();

    public void Add(string text, bool isPartial)
    {
        if (isPartial)
        {
            Append(_pieces, text);
            return;
        }

        Append(_whole, text);
        _pieces.Clear();
    }

    /// <summary>What was said; pieces whose whole never came count as they are.</summary>
    public override string ToString() => $"{_whole}{_pieces}";

    private static void Append(StringBuilder target, string text) =>
        target.Append(text, 0, Math.Min(text.Length, Math.Max(0, MostCharacters - target.Length)));
}
