using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FaceSwap.Tests.Contract;

/// <summary>What the sources say of their own types, as the compiler wrote it down.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    /// <summary>Reads what lies beside these assemblies.</summary>
    public XmlDocs(params Assembly[] assemblies) => _members = assemblies
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .DistinctBy(member => member.Attribute("name")!.Value)
        .ToDictionary(member => member.Attribute("name")!.Value);

    public string? SummaryOf(MethodInfo method) =>
        TextOf(_members.FirstOrDefault(member => member.Key.StartsWith($"M:{NameOf(method.DeclaringType!)}.{method.Name}(", StringComparison.Ordinal)).Value?.Element("summary"));

    public string? SummaryOf(Type type) => TextOf(Find($"T:{NameOf(type)}")?.Element("summary"));

    /// <summary>What is said of a record's member: where it is declared, or in its list of parameters.</summary>
    public string? Of(Type type, string member) =>
        TextOf(Find($"P:{NameOf(type)}.{member}")?.Element("summary"))
        ?? TextOf(Find($"T:{NameOf(type)}")?.Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")?.Value == member));

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private XElement? Find(string name) => _members.GetValueOrDefault(name);

    private static string? TextOf(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var parts = element.Nodes().Select(node => node switch
        {
            XElement reference when reference.Attribute("cref") is { } cref => cref.Value[(cref.Value.LastIndexOf('.') + 1)..],
            XElement inner => inner.Value,
            _ => node.ToString(),
        });
        return Space().Replace(System.Net.WebUtility.HtmlDecode(string.Concat(parts)), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
