using Microsoft.Extensions.Options;

namespace FaceSwap.Storage;

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
