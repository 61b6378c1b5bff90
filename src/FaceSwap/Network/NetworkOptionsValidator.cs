using Microsoft.Extensions.Options;

namespace FaceSwap.Network;

[OptionsValidator]
internal sealed partial class NetworkOptionsValidator : IValidateOptions<NetworkOptions>;
