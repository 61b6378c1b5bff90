using System.ComponentModel.DataAnnotations;

namespace FaceSwap.Network;

/// <summary>A setting that, where it is set, is an absolute http or https address. Anything else binds as a relative one and would fail at its first use.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpAddressAttribute() : ValidationAttribute("The field {0} must be an http or https address, such as https://example.com.")
{
    public override bool IsValid(object? value) => value is null or Uri { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
