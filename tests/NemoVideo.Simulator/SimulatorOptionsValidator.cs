using Microsoft.Extensions.Options;

namespace NemoVideo.Simulator;

[OptionsValidator]
internal sealed partial class SimulatorOptionsValidator : IValidateOptions<SimulatorOptions>;
