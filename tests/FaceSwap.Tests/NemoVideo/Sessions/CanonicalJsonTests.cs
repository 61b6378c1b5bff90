using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using FaceSwap.NemoVideo.Sessions;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Sessions;

/// <summary>The hash of a session's state: any change changes it, and nothing else does.</summary>
public sealed class CanonicalJsonTests
{
    private static readonly Gen<string> Name = Gen.OneOf("a", "b", "A", "ä", "text", "t0", "");

    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf<JsonNode?>(
        Gen.Int.Select(number => (JsonNode?)number),
        Gen.String.Where(text => text.All(character => !char.IsSurrogate(character))).Select(text => (JsonNode?)text),
        Gen.Bool.Select(value => (JsonNode?)value),
        Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Document = Of(3);

    [Fact]
    public void Hash_DoesNotDependOnOrderOrWhiteSpace() => Gen.Select(Document, Gen.Int).Sample((document, seed) =>
        HashOf(Text(document, indented: false)) == HashOf(Text(Shuffle(document, new Random(seed)), indented: true)));

    [Fact]
    public void Hash_OfDocumentsThatDiffer_Differs() => Gen.Select(Document, Document).Sample((one, other) =>
        JsonNode.DeepEquals(one, other) == (HashOf(Text(one)) == HashOf(Text(other))));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"b":1}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":1}""", """[{"a":1}]""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{},"b":1}""")]
    [InlineData("[[1],2]", "[1,[2]]")]
    public void Hash_OfAChange_Differs(string one, string other) => Assert.NotEqual(HashOf(one), HashOf(other));

    [Fact]
    public void Hash_OfSeveralValues_CountsEachInItsPlace()
    {
        using var one = JsonDocument.Parse("1");
        using var two = JsonDocument.Parse("2");

        Assert.NotEqual(CanonicalJson.Hash(one.RootElement, two.RootElement), CanonicalJson.Hash(two.RootElement, one.RootElement));
        Assert.NotEqual(CanonicalJson.Hash(one.RootElement), CanonicalJson.Hash(one.RootElement, default(JsonElement)));
    }

    // It is kept with intents across deployments: another hash would look like another state.
    [Fact]
    public void Hash_OfAKnownState_StaysWhatItIs()
    {
        using var draft = JsonDocument.Parse("""{"t":[{"sg":[{"id":1}]}]}""");

        Assert.Equal("7269a7687b33dc7b869b7ba48fc66fbbc4f90294801e7152c3608ee5fa77341f", CanonicalJson.Hash(draft.RootElement, default(JsonElement)));
    }

    private static Gen<JsonNode?> Of(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        Gen.Select(Name, Of(depth - 1)).Array[0, 4].Select(properties =>
            (JsonNode?)new JsonObject(properties.DistinctBy(property => property.Item1).Select(property => KeyValuePair.Create(property.Item1, property.Item2?.DeepClone())))),
        Of(depth - 1).Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])));

    private static JsonNode? Shuffle(JsonNode? node, Random random) => node switch
    {
        JsonObject properties => new JsonObject(properties.OrderBy(_ => random.Next()).Select(property => KeyValuePair.Create(property.Key, Shuffle(property.Value, random)))),
        JsonArray items => new JsonArray([.. items.Select(item => Shuffle(item, random))]),
        null => null,
        _ => node.DeepClone(),
    };

    private static string Text(JsonNode? node, bool indented = false) => node?.ToJsonString(new JsonSerializerOptions { WriteIndented = indented }) ?? "null";

    private static string HashOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CanonicalJson.Hash(document.RootElement);
    }
}
