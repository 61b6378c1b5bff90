using Microsoft.Extensions.Options;

namespace FaceSwap.Functions;

/// <summary>Why the app does not start, in sentences for the person who starts it.</summary>
internal static class StartupProblem
{
    /// <summary>A sentence for each wrong setting or other cause that a person can mend; null for a defect.</summary>
    public static string? Describe(Exception problem) => problem switch
    {
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        AggregateException several when several.InnerExceptions.All(inner => Describe(inner) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Describe)),
        IOException => problem.Message,
        _ => null,
    };
}
