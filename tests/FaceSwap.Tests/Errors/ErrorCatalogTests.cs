using System.Reflection;
using FaceSwap.Errors;
using Xunit;

namespace FaceSwap.Tests.Errors;

public sealed class ErrorCatalogTests
{
    public static TheoryData<string> Codes =>
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Find_EveryCode_HasARowWithRemedy(string code)
    {
        var entry = ErrorCatalog.Find(code);

        Assert.Equal(code, entry.Code);
        Assert.InRange(entry.Status, 400, 599);
        Assert.EndsWith(".", entry.Title, StringComparison.Ordinal);
        Assert.EndsWith(".", entry.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void All_RowsAndCodes_AreTheSameSet() =>
        Assert.Equal(Codes.Select(row => row.Data).Order(), ErrorCatalog.All.Select(entry => entry.Code).Order());

    /// <summary>Callers build on codes, statuses and what a remedy tells them to do: a change is one of the API.</summary>
    [Fact]
    public void All_Rows_AreTheApprovedOnes()
    {
        var rows = ErrorCatalog.All
            .Select(entry => $"{entry.Code} {entry.Status} {(entry.Retryable ? "retryable" : "final")}\n  {entry.Title}\n  {entry.Remedy}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Errors", "ErrorCatalog.approved.txt")).ReplaceLineEndings("\n"), string.Join('\n', rows) + "\n");
    }

    [Fact]
    public void Documentation_NamesEveryCodeWithItsStatus()
    {
        var document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Errors", "api.md"));
        var rows = document.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')).ToList();

        Assert.All(ErrorCatalog.All, entry => Assert.Contains(rows, row =>
            row[1].Contains($"`{entry.Code}`", StringComparison.Ordinal) && row[2].Contains($"{entry.Status}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Find_UnknownCode_ReadsAsInternalError() =>
        Assert.Equal(ErrorCodes.InternalError, ErrorCatalog.Find("made_up").Code);

    [Fact]
    public void ToError_CaseThatDiffersFromTheTable_KeepsItsOwnRetryability()
    {
        var failure = new FaceSwapException(ErrorCodes.MediaUnreachable, "The address answered 404.") { Retryable = false };

        Assert.False(failure.ToError().Retryable);
        Assert.True(new FaceSwapException(ErrorCodes.MediaUnreachable, "It broke off.").ToError().Retryable);
    }
}
