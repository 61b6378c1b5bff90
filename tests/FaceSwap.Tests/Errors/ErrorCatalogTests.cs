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
