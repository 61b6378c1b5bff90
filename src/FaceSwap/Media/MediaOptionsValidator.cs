using Microsoft.Extensions.Options;

namespace FaceSwap.Media;

[OptionsValidator]
internal sealed partial class MediaOptionsValidator : IValidateOptions<MediaOptions>;
