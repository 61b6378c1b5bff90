using System.Text;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Testing.Callers;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace FaceSwap.Tests.Edge;

/// <summary>Who a request is taken to be of: nobody may be what somebody else has to vouch for.</summary>
public sealed class RequestCallersTests : IAsyncLifetime
{
    private readonly List<TestProduct> _products = [];
    private TokenIssuer _issuer = null!;

    public async ValueTask InitializeAsync() => _issuer = await TokenIssuer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _products.ForEach(product => product.Dispose());
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Caller_WhoSaysNothing_IsTheDefaultOne()
    {
        Assert.Equal(new Caller("default", false), await OfAsync(Product()));
        Assert.Equal(new Caller("default", false), await OfAsync(Trusting()));
        Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(Trusting(("Callers:Required", "true"))));
    }

    [Fact]
    public async Task Token_OfTheIssuer_NamesItsCaller()
    {
        var product = Trusting();

        Assert.Equal(new Caller("user:ada", false), await OfAsync(product, Bearer("ada", product)));
        Assert.Equal(new Caller("user:ada", true), await OfAsync(product, Bearer("ada", product, "operator")));
        Assert.Equal(new Caller("user:ada", false), await OfAsync(product, Bearer("ada", product, "operators")));
        Assert.Equal(new Caller("user:1815", false), await OfAsync(product, Bearer("ada", product, change: token => token.Claims["oid"] = "1815")));
        Assert.Equal(new Caller("user:default", false), await OfAsync(product, Bearer("default", product)));
    }

    [Fact]
    public async Task Token_ThatTheIssuerDidNotIssueForUsAndNow_IsRefused()
    {
        var product = Trusting();
        using var stranger = System.Security.Cryptography.RSA.Create(2048);
        var symmetric = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64))) { KeyId = "key-1" };
        var honest = Token("ada", product);
        Dictionary<string, string> tokens = new()
        {
            ["expired"] = Token("ada", product, change: token => token.Expires = product.Time.GetUtcNow().UtcDateTime.AddSeconds(-61)),
            ["not yet"] = Token("ada", product, change: token => token.NotBefore = product.Time.GetUtcNow().UtcDateTime.AddSeconds(62)),
            ["without an end"] = Token("ada", product, change: token => token.Expires = null),
            ["another audience"] = Token("ada", product, change: token => token.Audience = "api://another"),
            ["another issuer"] = Token("ada", product, change: token => token.Issuer = "https://another.test"),
            ["unsigned"] = Token("ada", product, change: token => token.SigningCredentials = null),
            ["another key"] = Token("ada", product, change: token => token.SigningCredentials = new(new RsaSecurityKey(stranger) { KeyId = "key-1" }, SecurityAlgorithms.RsaSha256)),
            ["symmetric"] = Token("ada", product, change: token => token.SigningCredentials = new(symmetric, SecurityAlgorithms.HmacSha256)),
            ["nobody"] = Token(null, product),
            ["no name"] = Token("", product),
            ["changed"] = $"{honest[..^4]}AAAA",
            ["garbage"] = "garbage",
            ["empty"] = "",
        };

        foreach (var (kind, token) in tokens)
        {
            var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => OfAsync(product, ("Authorization", $"Bearer {token}")));
            Assert.True(refusal.Code == ErrorCodes.Unauthenticated, $"{kind}: {refusal.Message}");
        }

        // A minute is granted to clocks that differ.
        Assert.Equal("user:ada", (await OfAsync(product, Bearer("ada", product, change: token => token.Expires = product.Time.GetUtcNow().UtcDateTime.AddSeconds(-59)))).Id);
    }

    [Theory]
    [InlineData("Basic YWRhOg==")]
    [InlineData("Bearer")]
    public async Task Authorization_OfAnotherKind_IsRefused(string authorization) =>
        Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(Trusting(), ("Authorization", authorization)));

    [Fact]
    public async Task Token_WhereNoIssuerIsKnown_IsRefused()
    {
        var product = Product();

        Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(product, Bearer("ada", product)));
    }

    [Fact]
    public async Task Issuer_ThatIsAway_IsNoFaultOfTheCaller()
    {
        var product = Trusting();
        _issuer.IsAway = true;
        Assert.Equal(ErrorCodes.IssuerUnavailable, await CodeAsync(product, Bearer("ada", product)));

        _issuer.IsAway = false;
        Assert.Equal("user:ada", (await OfAsync(product, Bearer("ada", product))).Id);

        // What it told before is good while it is away.
        _issuer.IsAway = true;
        product.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("user:ada", (await OfAsync(product, Bearer("ada", product))).Id);
    }

    [Fact]
    public async Task Issuer_ThatChangesItsKey_IsAskedForItAgain()
    {
        var product = Trusting();
        var old = Bearer("ada", product);
        await OfAsync(product, old);

        _issuer.Rotate();
        product.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("user:ada", (await OfAsync(product, Bearer("ada", product))).Id);
        Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(product, old));
    }

    [Theory]
    [InlineData("X-MS-CLIENT-PRINCIPAL-ID", "ada")]
    [InlineData("X-MS-CLIENT-PRINCIPAL", "e30=")]
    [InlineData("x-ms-client-principal-name", "ada")]
    public async Task Principal_ThatThePlatformDoesNotVouchFor_IsRefused(string header, string value)
    {
        foreach (var product in new[] { Product(), Trusting(), Product(("WEBSITE_AUTH_ENABLED", "False")) })
        {
            Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(product, (header, value)));
            Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(product, (header, value), Bearer("ada", product)));
        }
    }

    [Theory]
    [InlineData("""{"auth_typ":"aad","claims":[{"typ":"roles","val":"operator"}],"role_typ":"roles"}""", true)]
    [InlineData("""{"auth_typ":"aad","claims":[{"typ":"r","val":"operator"}],"role_typ":"r"}""", true)]
    [InlineData("""{"auth_typ":"aad","claims":[{"typ":"name","val":"operator"}],"role_typ":"roles"}""", false)]
    [InlineData("""{}""", false)]
    public async Task Principal_OfThePlatform_NamesItsCaller(string principal, bool isOperator)
    {
        var product = Product(("WEBSITE_AUTH_ENABLED", "True"));

        Assert.Equal(new Caller("user:ada", isOperator), await OfAsync(product, ("X-MS-CLIENT-PRINCIPAL-ID", "ada"), Header(principal)));
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("no json", "ada")]
    [InlineData("{}", "a\nb")]
    public async Task Principal_OfThePlatformThatCannotBeRead_IsRefused(string principal, string? id)
    {
        var product = Product(("WEBSITE_AUTH_ENABLED", "True"));
        (string, string)[] headers = id is null ? [Header(principal)] : [Header(principal), ("X-MS-CLIENT-PRINCIPAL-ID", id)];

        Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(product, headers));
    }

    [Fact]
    public async Task Operator_MayActForAnother_AndNobodyElse()
    {
        var product = Trusting();

        Assert.Equal(new Caller("default", true), await OfAsync(product, "?caller=default", Bearer("ada", product, "operator")));
        foreach (var query in new[] { "?caller=default", "?caller=user:ada", "?caller=" })
        {
            Assert.Equal(ErrorCodes.Forbidden, (await Assert.ThrowsAsync<FaceSwapException>(() => OfAsync(product, query, Bearer("ada", product)))).Code);
            Assert.Equal(ErrorCodes.Forbidden, (await Assert.ThrowsAsync<FaceSwapException>(() => OfAsync(product, query))).Code);
        }
    }

    [Theory]
    [InlineData("GET", null, true)]
    [InlineData("HEAD", null, true)]
    [InlineData("POST", null, false)]
    [InlineData("PATCH", "submitters", false)]
    [InlineData("DELETE", null, false)]
    [InlineData("POST", "submitter", true)]
    [InlineData("DELETE", "submitter", true)]
    [InlineData("POST", "operator", true)]
    public async Task Role_WhereItIsNeeded_IsThatOfWhoeverStartsAndChangesThings(string method, string? role, bool isLetIn)
    {
        var product = Trusting(("Callers:RequireSubmitter", "true"));
        async Task<string?> CodeOfAsync(params (string Name, string Value)[] headers) =>
            (await Record.ExceptionAsync(() => OfAsync(product, "", headers, method)) as FaceSwapException)?.Code;

        Assert.Equal(isLetIn ? null : ErrorCodes.Forbidden, await CodeOfAsync(Bearer("ada", product, role)));
        Assert.Equal(method is "GET" or "HEAD" ? null : ErrorCodes.Forbidden, await CodeOfAsync());
    }

    [Theory]
    [InlineData("https://issuer.test", null, false)]
    [InlineData("http://issuer.test", "api://x", false)]
    [InlineData("https://issuer.test", "api://x", true)]
    public void Options_OfAnIssuer_AreCheckedAtStart(string authority, string? audience, bool isValid)
    {
        var product = Product(("Callers:Authority", authority), ("Callers:Audience", audience ?? ""));

        var failure = Record.Exception(() => product.Get<IOptions<CallerOptions>>().Value);

        Assert.Equal(isValid, failure is null);
        Assert.True(isValid || failure is OptionsValidationException, failure?.ToString());
    }

    private static (string, string) Header(string principal) => ("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)));

    private static Task<Caller> OfAsync(TestProduct product, params (string Name, string Value)[] headers) => OfAsync(product, "", headers);

    private static Task<Caller> OfAsync(TestProduct product, string query, params (string Name, string Value)[] headers) => OfAsync(product, query, headers, "GET");

    private static Task<Caller> OfAsync(TestProduct product, string query, (string Name, string Value)[] headers, string method)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.QueryString = new QueryString(query);
        foreach (var (name, value) in headers)
        {
            request.Headers.Append(name, value);
        }

        return product.Get<RequestCallers>().OfAsync(request);
    }

    private static async Task<string> CodeAsync(TestProduct product, params (string Name, string Value)[] headers) =>
        (await Assert.ThrowsAsync<FaceSwapException>(() => OfAsync(product, headers))).Code;

    private TestProduct Product(params (string Name, string Value)[] settings)
    {
        var product = new TestProduct(null, settings);
        _products.Add(product);
        return product;
    }

    private TestProduct Trusting(params (string Name, string Value)[] settings) =>
        Product([("Callers:Authority", _issuer.Name), ("Callers:Audience", TokenIssuer.Audience), .. settings]);

    private string Token(string? subject, TestProduct product, string? role = null, Action<SecurityTokenDescriptor>? change = null) =>
        _issuer.Issue(subject, product.Time.GetUtcNow(), role, change);

    private (string, string) Bearer(string? subject, TestProduct product, string? role = null, Action<SecurityTokenDescriptor>? change = null) =>
        ("Authorization", $"Bearer {Token(subject, product, role, change)}");
}
