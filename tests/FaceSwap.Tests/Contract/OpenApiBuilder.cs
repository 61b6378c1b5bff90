using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using FaceSwap.Errors;
using FaceSwap.Functions;
using FaceSwap.Functions.Batches.Api;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Tests.Contract;

/// <summary>Builds the contract from the routes' triggers, their records, and what the sources say of both.</summary>
internal sealed partial class OpenApiBuilder
{
    private static readonly Dictionary<string, JsonObject> Parameters = new()
    {
        ["caller"] = Parameter("caller", "query", "For operators: whose things are meant.", Text()),
        ["validate_only"] = Parameter("validate_only", "query", "Only looks whether the submission would be taken in.", new() { ["type"] = "boolean", ["default"] = false }),
        ["concurrency"] = Parameter("concurrency", "query", "For CSV: how many items run at a time.", new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 50 }),
        ["on_error"] = Parameter("on_error", "query", "For CSV: what follows an item that fails.", new() { ["type"] = "string", ["enum"] = new JsonArray("continue", "stop") }),
        ["mode"] = Parameter("mode", "query", "For CSV: whether each item has a session of its own.", new() { ["type"] = "string", ["enum"] = new JsonArray("separate", "shared_session") }),
        ["batch"] = Parameter("batch", "query", "Only the items of this batch.", Text()),
        ["redirect"] = Parameter("redirect", "query", "false: the answer names the address instead of sending there.", new() { ["type"] = "boolean", ["default"] = true }),
        ["limit"] = Parameter("limit", "query", "How many at most.", new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 100 }),
        ["cursor"] = Parameter("cursor", "query", "What the page before came with.", Text()),
        ["since"] = Parameter("since", "query", "Only jobs submitted at this moment or later.", Text("date-time")),
        ["until"] = Parameter("until", "query", "Only jobs submitted before this moment.", Text("date-time")),
        ["status"] = Parameter("status", "query", "Only jobs in this stage, or that ended so.", new() { ["$ref"] = "#/components/schemas/JobStage" }),
        ["delivery status"] = Parameter("status", "query", "Only deliveries in this state.", new() { ["type"] = "string", ["enum"] = new JsonArray("pending", "delivered", "failed") }),
        ["Idempotency-Key"] = Parameter("Idempotency-Key", "header", "1 to 255 printable ASCII characters, no comma before a space: a request that comes again under it is served once.", new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 255 }),
        ["Prefer"] = Parameter("Prefer", "header", "wait=N: answer when the job has ended, or after N seconds, 60 at most.", Text()),
        ["Last-Event-ID"] = Parameter("Last-Event-ID", "header", "The number of the newest event that the caller has.", new() { ["type"] = "integer", ["format"] = "int64" }),
    };

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["Jobs"] = "Jobs, from their submission to their result.",
        ["Batches"] = "Many jobs at once.",
        ["Schedules"] = "Batches that run by themselves, at their times.",
        ["Uploads"] = "Large files, for jobs to name.",
        ["Account"] = "The account at the backend.",
        ["Webhooks"] = "Who hears of jobs, and what was delivered.",
        ["Health"] = "Whether the app can do its work.",
        ["Contract"] = "This contract itself.",
    };

    private static readonly Dictionary<Type, string> Formats = new() { [typeof(int)] = "int32", [typeof(long)] = "int64", [typeof(double)] = "double", [typeof(Uri)] = "uri" };

    // What is checked beyond the type of a field.
    private static readonly Dictionary<(Type Record, string Property), Action<JsonObject>> Rules = new()
    {
        [(typeof(JobBody), nameof(JobBody.Videos))] = SeveralOfThem,
        [(typeof(JobBody), nameof(JobBody.Faces))] = SeveralOfThem,
        [(typeof(JobBody), nameof(JobBody.OnUnknownOutcome))] = OneOf("stop", "resend"),
        [(typeof(JobBody), nameof(JobBody.Deadline))] = schema => schema["format"] = "duration",
        [(typeof(OutputBody), nameof(OutputBody.Format))] = OneOf(NemoRenders.Format),
        [(typeof(OutputBody), nameof(OutputBody.Quality))] = OneOf(NemoRenders.Quality),
        [(typeof(MessageBody), nameof(MessageBody.OnUnknownOutcome))] = OneOf("stop", "resend"),
        [(typeof(MessageBody), nameof(MessageBody.Deadline))] = schema => schema["format"] = "duration",
        [(typeof(MessageBody), nameof(MessageBody.Action))] = OneOf("message", "export", "credits", "state", "upload"),
        [(typeof(BatchBody), nameof(BatchBody.Mode))] = OneOf("separate", "shared_session"),
        [(typeof(BatchBody), nameof(BatchBody.OnError))] = OneOf("continue", "stop"),
    };

    private static readonly Dictionary<string, JsonObject> Headers = new()
    {
        ["Location"] = Header("Where it is, or where to follow what was started.", Text("uri")),
        ["Operation-Location"] = Header("Where to follow what was started.", Text("uri")),
        ["Retry-After"] = Header("In how many seconds to look, or to come again.", new() { ["type"] = "integer" }),
        [IdempotencyKey.ReplayedHeader] = Header("An earlier request with this key started it.", new() { ["type"] = "boolean", ["const"] = true }),
        ["Preference-Applied"] = Header("For how long the answer waited at most.", Text()),
        ["WWW-Authenticate"] = Header("With 401: what the token lacks.", Text()),
    };

    private readonly XmlDocs _docs = new(typeof(FaceSwapApp).Assembly, typeof(JobView).Assembly);
    private readonly JsonObject _schemas = [];

    public JsonObject Build()
    {
        var paths = new JsonObject();
        foreach (var operation in ApiOperation.All)
        {
            var (methods, route) = TriggerOf(operation.Method);
            var path = paths[$"/{route}"] as JsonObject ?? [];
            paths[$"/{route}"] = path;
            path[methods.Single(method => method != "head")] = Describe(operation, route);
        }

        Register(JobJson.Default.GetTypeInfo(typeof(JobStage))!);
        AddProblem();
        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "FaceSwapFunctions",
                ["version"] = "0.1.0",
                ["description"] = "Swaps a face into a video: jobs, their results, and webhooks that tell of them. Errors are problems by RFC 9457, with a stable code and a remedy.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "http://localhost:7071/api", ["description"] = "This machine." }),
            ["security"] = new JsonArray(new JsonObject { ["functionKey"] = new JsonArray() }, new JsonObject { ["functionKey"] = new JsonArray(), ["bearer"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. ApiOperation.All.Select(operation => TagOf(operation.Method)).Distinct().Select(tag => new JsonObject { ["name"] = tag, ["description"] = Tags[tag] })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject(_schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).Select(schema => KeyValuePair.Create(schema.Key, schema.Value?.DeepClone()))),
                ["responses"] = new JsonObject { ["Problem"] = ProblemAnswer() },
                ["headers"] = new JsonObject(Headers.Select(header => KeyValuePair.Create<string, JsonNode?>(header.Key, header.Value.DeepClone()))),
                ["securitySchemes"] = new JsonObject
                {
                    ["functionKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" },
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
                },
            },
        };
    }

    /// <summary>The functions with an HTTP trigger that the contract does not tell of.</summary>
    public static IReadOnlyList<string> Forgotten =>
    [
        .. ApiOperation.Routes.Where(route => ApiOperation.All.All(operation => operation.Method != route)).Select(route => route.Name),
    ];

    private static (IReadOnlyList<string> Methods, string Route) TriggerOf(MethodInfo method)
    {
        var trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).Single(trigger => trigger is not null)!;
        return (trigger.Methods!, trigger.Route!);
    }

    // The feature's folder.
    private static string TagOf(MethodInfo route) => route.DeclaringType!.Namespace!.Split('.')[2];

    private JsonObject Describe(ApiOperation operation, string route)
    {
        var said = _docs.SummaryOf(operation.Method)!;
        var does = said[(said.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        var isPublic = TagOf(operation.Method) is "Health" or "Contract";
        var described = new JsonObject
        {
            ["operationId"] = $"{char.ToLowerInvariant(operation.Function[0])}{operation.Function[1..]}",
            ["tags"] = new JsonArray(TagOf(operation.Method)),
            ["summary"] = Words().Replace(operation.Function, match => match.Index == 0 ? match.Value : $" {match.Value.ToLowerInvariant()}"),
            ["description"] = $"{char.ToUpperInvariant(does[0])}{does[1..]}",
        };
        var parameters = RouteNames().Matches(route).Select(name => Parameter(name.Groups[1].Value, "path", "Its id.", Text(), required: true))
            .Concat(operation.Parameters.Select(name => (JsonObject)Parameters[name].DeepClone()))
            .Concat(isPublic ? [] : [(JsonObject)Parameters["caller"].DeepClone()]).ToArray();
        if (parameters.Length > 0)
        {
            described["parameters"] = new JsonArray([.. parameters]);
        }

        if (operation.Body is { } body)
        {
            described["requestBody"] = RequestBody(body);
        }

        var answers = new JsonObject();
        foreach (var answer in operation.Answers.GroupBy(answer => answer.Status).OrderBy(answer => answer.Key))
        {
            answers[$"{answer.Key}"] = Answer(operation, answer.Key, [.. answer.Select(one => one.Record).OfType<JsonTypeInfo>()], string.Join(' ', answer.Select(one => one.Meaning)));
        }

        if (!isPublic)
        {
            answers["4XX"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
            answers["5XX"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
        }
        else
        {
            answers["401"] = new JsonObject { ["description"] = "The function key is missing or wrong." };
        }

        described["responses"] = answers;
        return described;
    }

    private JsonObject RequestBody(JsonTypeInfo body)
    {
        var content = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(body, isRequest: true) } };
        if (body.Type == typeof(JobBody))
        {
            content["multipart/form-data"] = new JsonObject
            {
                ["schema"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["video"] = Files("The video; the part may come several times."),
                        ["face"] = Files("The face; the part may come several times."),
                        ["audio"] = new JsonObject { ["type"] = "string", ["format"] = "binary", ["description"] = "A sound of which the instruction speaks." },
                        ["request"] = Reference(body, isRequest: true),
                    },
                },
            };
        }

        if (body.Type == typeof(BatchBody))
        {
            content["text/csv"] = new JsonObject { ["schema"] = Text(), ["example"] = "video,face,metadata.order\r\nhttps://media.example.com/1.mp4,https://media.example.com/face.jpg,4711\r\n" };
        }

        return new() { ["required"] = body.Type != typeof(RetryBody), ["content"] = content };
    }

    private JsonObject Answer(ApiOperation operation, int status, IReadOnlyList<JsonTypeInfo> records, string meaning)
    {
        var answer = new JsonObject { ["description"] = meaning };
        if (HeadersOf(operation, status) is { Count: > 0 } headers)
        {
            answer["headers"] = headers;
        }

        var (type, schema) = operation.Function switch
        {
            "WatchJob" or "WatchBatch" when status == 200 => ("text/event-stream", Text()),
            "GetBatchResults" => ("application/jsonl", Text()),
            "GetContract" => ("application/vnd.oai.openapi+json", new JsonObject { ["type"] = "object" }),
            "GetDocs" => ("text/html", Text()),
            _ => ("application/json", records.Count switch
            {
                0 => null,
                1 => Reference(records[0], isRequest: false),
                _ => AnyOf(records),
            }),
        };
        if (schema is not null)
        {
            answer["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } };
        }

        return answer;
    }

    // As the routes' answers give them: who is asked to follow something, and what was asked for by a header.
    private static JsonObject HeadersOf(ApiOperation operation, int status)
    {
        var isFollowed = TagOf(operation.Method) is "Jobs" or "Batches" && (status == 202 || (status == 200 && operation.Parameters.Contains(IdempotencyKey.Header)));
        string[] names =
        [
            .. isFollowed || status == 302 || (status is 201 or 202 && operation.Function is not ("CreateUpload" or "RecoverWebhooks")) ? ["Location"] : Array.Empty<string>(),
            .. isFollowed ? ["Operation-Location"] : Array.Empty<string>(),
            .. isFollowed && status == 202 ? ["Retry-After"] : Array.Empty<string>(),
            .. isFollowed && operation.Parameters.Contains(IdempotencyKey.Header) ? [IdempotencyKey.ReplayedHeader] : Array.Empty<string>(),
            .. status is 200 or 202 && operation.Parameters.Contains("Prefer") ? ["Preference-Applied"] : Array.Empty<string>(),
        ];
        return References(names);
    }

    private static JsonObject References(params string[] headers) =>
        new(headers.Select(name => KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { ["$ref"] = $"#/components/headers/{name}" })));

    // By a name of its own: generated clients would otherwise find one for it.
    private JsonObject AnyOf(IReadOnlyList<JsonTypeInfo> records)
    {
        var name = string.Join("Or", records.Select(record => NameOf(record.Type, isRequest: false)));
        _schemas[name] = new JsonObject { ["anyOf"] = new JsonArray([.. records.Select(record => Reference(record, isRequest: false))]) };
        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonObject Reference(JsonTypeInfo type, bool isRequest)
    {
        Register(type, isRequest);
        return new() { ["$ref"] = $"#/components/schemas/{NameOf(type.Type, isRequest)}" };
    }

    private void Register(JsonTypeInfo type, bool isRequest = false)
    {
        var name = NameOf(type.Type, isRequest);
        if (_schemas.ContainsKey(name))
        {
            return;
        }

        _schemas[name] = null;
        var schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transform(context, node, type, isRequest),
        }).AsObject();
        schema["description"] = _docs.SummaryOf(type.Type);
        if (Examples.Of(type.Type) is { } example)
        {
            schema["examples"] = new JsonArray(example);
        }

        _schemas[name] = schema;
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node, JsonTypeInfo root, bool isRequest)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isRoot = context.PropertyInfo is null && type == root.Type;
        if (!isRoot && IsOurs(type))
        {
            Register(root.Options.GetTypeInfo(type), isRequest);
            node = new JsonObject { ["$ref"] = $"#/components/schemas/{NameOf(type, isRequest)}" };
        }
        else if (node is JsonObject schema)
        {
            Simplify(schema, context, isRequest);
        }

        if (context.PropertyInfo is { } property && node is JsonObject described
            && _docs.Of(property.DeclaringType, (property.AttributeProvider as MemberInfo)?.Name ?? property.Name) is { } said)
        {
            described["description"] = said;
        }

        if (context.PropertyInfo is { } field && node is JsonObject ruled && Rules.TryGetValue((field.DeclaringType, (field.AttributeProvider as MemberInfo)?.Name ?? ""), out var rule))
        {
            rule(ruled);
        }

        return node;
    }

    // What is null is left out: a type is what it is, and what must be there is said by the record.
    private static void Simplify(JsonObject schema, JsonSchemaExporterContext context, bool isRequest)
    {
        if (schema["type"] is JsonArray types)
        {
            // Numbers may come as texts, and never go as such.
            schema["type"] = types.Select(type => (string)type!).Where(type => type != "null").OrderBy(type => type == "string").First();
        }

        if (schema["enum"] is JsonArray values)
        {
            schema["enum"] = new JsonArray([.. values.Where(value => value is not null).Select(value => value!.DeepClone())]);
            schema["type"] = "string";
        }

        schema.Remove("default");
        schema.Remove("pattern");
        schema.Remove("required");
        if (!isRequest && schema["additionalProperties"] is JsonValue)
        {
            // An answer may say more one day.
            schema.Remove("additionalProperties");
        }

        if (Formats.TryGetValue(Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type, out var format))
        {
            schema["format"] = format;
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && !isRequest)
        {
            var required = context.TypeInfo.Properties.Where(property => !property.IsGetNullable && property.Get is not null).Select(property => (JsonNode)property.Name).ToArray();
            if (required.Length > 0)
            {
                schema["required"] = new JsonArray(required);
            }
        }
    }

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("FaceSwap", StringComparison.Ordinal) == true && !type.IsGenericType;

    private static string NameOf(Type type, bool isRequest)
    {
        var name = Suffix().Replace(type.Name, "");
        return isRequest && type.Name.EndsWith("Body", StringComparison.Ordinal) ? $"{name}Request" : name;
    }

    private void AddProblem()
    {
        var problem = ProblemJson.Default.ProblemBody;
        Register(problem);
        var code = _schemas["Problem"]!["properties"]!["code"]!.AsObject();
        code["enum"] = new JsonArray([.. ErrorCatalog.All.Select(entry => entry.Code).Order(StringComparer.Ordinal).Select(text => (JsonNode)text)]);
        code["description"] = string.Join("; ", ErrorCatalog.All.OrderBy(entry => entry.Code, StringComparer.Ordinal).Select(entry => $"{entry.Code} ({entry.Status}): {entry.Title}"));
    }

    private static JsonObject ProblemAnswer() => new()
    {
        ["description"] = "Why the request is refused or could not be served, and what to do.",
        ["headers"] = References("Retry-After", "WWW-Authenticate"),
        ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } } },
    };

    private static JsonObject Parameter(string name, string place, string description, JsonObject schema, bool required = false)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["description"] = description, ["schema"] = schema };
        if (required)
        {
            parameter["required"] = true;
        }

        return parameter;
    }

    private static JsonObject Header(string description, JsonObject schema) => new() { ["description"] = description, ["schema"] = schema };

    private static Action<JsonObject> OneOf(params string[] values) => schema => schema["enum"] = new JsonArray([.. values]);

    private static void SeveralOfThem(JsonObject schema) =>
        (schema["minItems"], schema["maxItems"], schema["uniqueItems"]) = (1, SubmissionRules.MostOfOneKind, true);

    private static JsonObject Files(string description) => new()
    {
        ["type"] = "array",
        ["maxItems"] = SubmissionRules.MostOfOneKind,
        ["items"] = new JsonObject { ["type"] = "string", ["format"] = "binary" },
        ["description"] = description,
    };

    private static JsonObject Text(string? format = null) => format is null ? new() { ["type"] = "string" } : new() { ["type"] = "string", ["format"] = format };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex RouteNames();

    [GeneratedRegex("[A-Z][a-z]*")]
    private static partial Regex Words();

    [GeneratedRegex("(Body|View)$")]
    private static partial Regex Suffix();
}
