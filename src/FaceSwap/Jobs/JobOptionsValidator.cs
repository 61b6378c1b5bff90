using Microsoft.Extensions.Options;

namespace FaceSwap.Jobs;

[OptionsValidator]
internal sealed partial class JobOptionsValidator : IValidateOptions<JobOptions>;
