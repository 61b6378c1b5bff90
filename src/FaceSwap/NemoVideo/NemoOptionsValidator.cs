using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo;

[OptionsValidator]
internal sealed partial class NemoOptionsValidator : IValidateOptions<NemoOptions>;
