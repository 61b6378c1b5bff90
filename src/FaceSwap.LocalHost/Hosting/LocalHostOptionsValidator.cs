using Microsoft.Extensions.Options;

namespace FaceSwap.LocalHost.Hosting;

[OptionsValidator]
internal sealed partial class LocalHostOptionsValidator : IValidateOptions<LocalHostOptions>;
