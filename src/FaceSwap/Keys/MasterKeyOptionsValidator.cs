using Microsoft.Extensions.Options;

namespace FaceSwap.Keys;

[OptionsValidator]
internal sealed partial class MasterKeyOptionsValidator : IValidateOptions<MasterKeyOptions>;
