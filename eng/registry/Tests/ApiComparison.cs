namespace FaceSwap.Registry;

/// <summary>Compares types, found by their listing's header, with a baseline.</summary>
internal static class ApiComparison
{
    /// <summary>What the baseline has and the types lack, a line each.</summary>
    public static IEnumerable<string> Missing(IEnumerable<Type> types, Baseline baseline)
    {
        var listed = types.ToLookup(ApiListing.Header, StringComparer.Ordinal);
        foreach (var (header, expected) in baseline.Types)
        {
            if (!listed.Contains(header))
            {
                yield return header;
            }

            var actual = listed[header].SelectMany(ApiListing.Members);
            foreach (var member in listed.Contains(header) ? expected.Except(actual, StringComparer.Ordinal) : [])
            {
                yield return $"{header} › {member}";
            }
        }
    }

    /// <summary>What the types have and no baseline names, a line each.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<Type> types, IReadOnlyCollection<Baseline> baselines)
    {
        foreach (var type in types)
        {
            var header = ApiListing.Header(type);
            var known = baselines.Select(baseline => baseline.Types.GetValueOrDefault(header)).FirstOrDefault(members => members is not null);
            if (known is null)
            {
                yield return header;
            }

            foreach (var member in known is null ? [] : ApiListing.Members(type).Except(known, StringComparer.Ordinal))
            {
                yield return $"{header} › {member}";
            }
        }
    }
}
