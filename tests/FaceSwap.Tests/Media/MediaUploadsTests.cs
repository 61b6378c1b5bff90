using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Media;

/// <summary>Whose an upload is, and how large it may be.</summary>
public sealed class MediaUploadsTests : IDisposable
{
    private readonly TestProduct _product = new(null, ("Media:MaxBytes", "10"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MediaUploads Uploads => _product.Get<MediaUploads>();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Find_OfAnUpload_IsForItsCallerAlone()
    {
        var (id, link) = await Uploads.OpenAsync("ada", 10, Token);
        await PutAsync(link.Address, 10);

        Assert.EndsWith(id, await Uploads.FindAsync("ada", id, Token), StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.UploadNotFound, (await Assert.ThrowsAsync<FaceSwapException>(() => Uploads.FindAsync("bob", id, Token))).Code);
    }

    [Fact]
    public async Task Upload_ThatIsTooLarge_IsRefusedWhenItIsOpenedAndWhenItIsUsed()
    {
        Assert.Equal(ErrorCodes.MediaTooLarge, (await Assert.ThrowsAsync<FaceSwapException>(() => Uploads.OpenAsync("ada", 11, Token))).Code);
        var (id, link) = await Uploads.OpenAsync("ada", null, Token);
        await PutAsync(link.Address, 11);

        Assert.Equal(ErrorCodes.MediaTooLarge, (await Assert.ThrowsAsync<FaceSwapException>(() => Uploads.FindAsync("ada", id, Token))).Code);
    }

    [Fact]
    public async Task Upload_ThatIsGoneWhenItIsTaken_IsSaidToBe()
    {
        var staging = _product.Get<MediaStaging>();

        var gone = await Assert.ThrowsAsync<FaceSwapException>(() => staging.TakeAsync("job_1", MediaRole.Video, "uploads/x/upload_1", Token));

        Assert.Equal(ErrorCodes.UploadNotFound, gone.Code);
    }

    private Task PutAsync(Uri address, int bytes) =>
        _product.Store.WriteAsync(address.AbsolutePath[(address.AbsolutePath.IndexOf("uploads/", StringComparison.Ordinal))..], new byte[bytes], Token);
}
