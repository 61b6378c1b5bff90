using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceSwap.Schedules;

/// <summary>A field of an NCRONTAB expression: what it is called, and what it may hold.</summary>
/// <param name="Name">What the field is, as in "its minute".</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Words">The names of the values from the smallest on, in full; the first three letters are enough.</param>
internal sealed partial record CronField(string Name, int Min, int Max, params string[] Words)
{
    private const int LettersOfAWord = 3;

    /// <summary>The six fields in their order; the first may be left out.</summary>
    public static readonly CronField[] All =
    [
        new("second", 0, 59),
        new("minute", 0, 59),
        new("hour", 0, 23),
        new("day of month", 1, 31),
        new("month", 1, 12, DateTimeFormatInfo.InvariantInfo.MonthNames[..12]),
        new("day of week", 0, 6, DateTimeFormatInfo.InvariantInfo.DayNames),
    ];

    private string WhatToWrite => $"write '*' or values from {Described(Min)} to {Described(Max)}, such as '{Min},{Min + 2}', '{Min}-{Min + 4}' or '*/2'.";

    /// <summary>What is wrong with a text of this field, and what to write instead; null where nothing is.</summary>
    public string? ProblemOf(string text) => text.Split(',').Select(ProblemOfElement).FirstOrDefault(problem => problem is not null);

    private string? ProblemOfElement(string element)
    {
        var match = ElementForm().Match(element);
        var (from, to, step) = (match.Groups["from"].Value, match.Groups["to"].Value, match.Groups["step"].Value);
        if (!match.Success || (from.Length > 0 && ValueOf(from) is null) || (to.Length > 0 && ValueOf(to) is null))
        {
            return $"has '{element}' as its {Name}: {WhatToWrite}";
        }

        if (ValueOf(from) is { } first && ValueOf(to) is { } last && first > last)
        {
            return $"has '{from}-{to}' as its {Name}, a range that falls: write '{RangeOf(first, Max)},{RangeOf(Min, last)}'.";
        }

        return step.Length == 0 || (NumberOf(step) >= 1 && NumberOf(step) <= Max)
            ? null
            : $"has the step '{step}' in its {Name}: write a step from 1 to {Max}.";
    }

    private int? ValueOf(string text) => NumberOf(text) is { } number
        ? number >= Min && number <= Max ? number : null
        : Array.FindIndex(Words, word => text.Length >= LettersOfAWord && word.StartsWith(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index
            ? Min + index
            : null;

    private string Described(int value) => Words.Length == 0 ? $"{value}" : $"{value} or {Words[value - Min][..LettersOfAWord].ToUpperInvariant()}";

    private static int? NumberOf(string text) =>
        text.Length <= 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string RangeOf(int first, int last) => first == last ? $"{first}" : $"{first}-{last}";

    [GeneratedRegex(@"^(\*|(?<from>[0-9A-Za-z]+)(-(?<to>[0-9A-Za-z]+))?)(/(?<step>[0-9A-Za-z]+))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ElementForm();
}
