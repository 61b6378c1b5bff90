using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.LocalHost.Hosting;

/// <summary>Why the host does not start, in sentences for the person who starts it.</summary>
internal static class StartupProblem
{
    /// <summary>A sentence for each wrong setting or other cause that a person can mend; null for a defect.</summary>
    public static string? Describe(Exception problem) => problem switch
    {
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        AggregateException several when several.InnerExceptions.All(inner => Describe(inner) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Describe)),
        StateFileException or AppSetupException or IOException => problem.Message,
        _ => null,
    };
}
