using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The routes of the app, found by their attributes: a test that walks them all walks a new one too.</summary>
internal static partial class AppRoutes
{
    /// <summary>
    /// Those that serve callers, a line for each method, such as <c>("GET", "jobs/{id}")</c>: all apart from whether the app is
    /// well and from what it is, which tell nothing of anybody.
    /// </summary>
    public static IReadOnlyList<(string Method, string Route)> OfCallers { get; } =
    [
        .. from function in FunctionTasks.All
           let trigger = function.Trigger.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is { Route: not ("health" or "openapi.json" or "docs") }
           from verb in trigger.Methods!
           where verb != "head"
           orderby trigger.Route, verb
           select (verb.ToUpperInvariant(), trigger.Route!),
    ];

    /// <summary>The names in a route, braces included.</summary>
    [GeneratedRegex(@"\{\w+\}")]
    public static partial Regex Names();
}
