using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs.Api;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Reads items from CSV by RFC 4180: UTF-8, a header that names fields, a row for each item, commas or semicolons between.</summary>
internal static class CsvItems
{
    private const string MetadataPrefix = "metadata.";
    private const int LongestName = 32;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What a column may be called, and what its cells set. An empty cell sets nothing.
    private static readonly Dictionary<string, Func<JobBody, string, JobBody>> Columns = new(StringComparer.Ordinal)
    {
        ["video"] = (item, cell) => item with { Video = cell },
        ["face"] = (item, cell) => item with { Face = cell },
        ["audio"] = (item, cell) => item with { Audio = cell },
        ["instruction"] = (item, cell) => item with { Instruction = cell },
        ["language"] = (item, cell) => item with { Language = cell },
        ["onUnknownOutcome"] = (item, cell) => item with { OnUnknownOutcome = cell },
        ["deadline"] = (item, cell) => item with { Deadline = cell },
    };

    /// <summary>The items, in order; each with the line it begins at.</summary>
    /// <param name="content">The file.</param>
    /// <param name="problems">Takes what is wrong with rows; a row of which anything is wrong gives no item.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidBatch"/>: it cannot be read as a table of items at all.</exception>
    public static List<BatchLine> Read(ReadOnlySpan<byte> content, ICollection<ItemProblem> problems)
    {
        var text = TextOf(content);
        var broken = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text),
            BadDataFound = _ => broken = true,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        if (!parser.Read() || broken)
        {
            throw Unreadable("The first line must be a header with the names of the columns, such as: video,face");
        }

        var setters = parser.Record!.Select(SetterOf).ToArray();
        CheckHeader(parser.Record!);
        var items = new List<BatchLine>();
        while (items.Count + problems.Count <= BatchInput.MostItems && parser.Read())
        {
            var line = parser.RawRow - parser.RawRecord.TrimEnd('\r', '\n').Count('\n');
            var cells = parser.Record!;
            if (broken)
            {
                problems.Add(new ItemProblem(null, line, ErrorCodes.InvalidRequest, "A quotation mark stands where none may: a cell with one is quoted as a whole, and the mark doubled."));
            }
            else if (cells.Length != setters.Length)
            {
                problems.Add(new ItemProblem(null, line, ErrorCodes.InvalidRequest, $"The row has {cells.Length} cells, and the header has {setters.Length}."));
            }
            else
            {
                items.Add(new BatchLine(line, cells.Zip(setters).Aggregate(new JobBody(), (item, cell) => cell.First.Length == 0 ? item : cell.Second(item, cell.First))));
            }

            broken = false;
        }

        return items;
    }

    private static string TextOf(ReadOnlySpan<byte> content)
    {
        try
        {
            return Strict.GetString(content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content);
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable("The file is not UTF-8. Spreadsheets have it as 'CSV UTF-8'.");
        }
    }

    // Spreadsheets of many countries write semicolons; no column has one in its name.
    private static string DelimiterOf(string text) => text.AsSpan(0, text.IndexOfAny(['\r', '\n']) is >= 0 and var end ? end : text.Length).Contains(';') ? ";" : ",";

    private static Func<JobBody, string, JobBody> SetterOf(string name)
    {
        if (Columns.TryGetValue(name, out var setter))
        {
            return setter;
        }

        if (name.StartsWith(MetadataPrefix, StringComparison.Ordinal) && name.Length > MetadataPrefix.Length)
        {
            var key = name[MetadataPrefix.Length..];
            return (item, cell) => item with { Metadata = new Dictionary<string, string>(item.Metadata ?? new Dictionary<string, string>()) { [key] = cell } };
        }

        // Where the header is forgotten this is an address, which may carry a signature.
        var shown = name.Length > LongestName || name.Contains("://", StringComparison.Ordinal) ? "something else" : $"'{name.ReplaceLineEndings(" ")}'";
        throw Unreadable($"The header names {shown}; there are {string.Join(", ", Columns.Keys)}, and metadata.NAME for words of your own.");
    }

    private static void CheckHeader(string[] names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
        {
            throw Unreadable($"The header names '{twice}' twice.");
        }
    }

    private static FaceSwapException Unreadable(string detail) => new(ErrorCodes.InvalidBatch, detail);
}

/// <summary>An item as it was sent.</summary>
/// <param name="Line">The line it begins at; null where it came as JSON.</param>
/// <param name="Body">What it says.</param>
internal sealed record BatchLine(int? Line, JobBody Body);
