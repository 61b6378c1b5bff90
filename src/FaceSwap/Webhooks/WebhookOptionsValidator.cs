using Microsoft.Extensions.Options;

namespace FaceSwap.Webhooks;

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
