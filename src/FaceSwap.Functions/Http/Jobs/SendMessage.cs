using FaceSwap.Conversation;
using FaceSwap.Functions.Http.Account;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>POST /api/jobs/{id}/messages</c>: says something to a finished job; 202 when that starts a new job, else 200.</summary>
public sealed class SendMessage(RouteEdge edge, JobConversation conversation)
{
    [Function(nameof(SendMessage))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/messages")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var message = await JsonBodyReader.ReadAsync(request, JobsApiJson.Default.MessageBody, cancellationToken);
            var turn = await conversation.AnswerAsync(id, caller, message, IdempotencyKey.Of(request), client, cancellationToken);
            return turn.Started is { } started
                ? JobAnswers.Started(turn.Answer, JobsApiJson.Default.MessageAnswer, started)
                : Results.Json(turn.Answer, JobsApiJson.Default.MessageAnswer);
        });
}

/// <summary>A message to a finished job.</summary>
/// <param name="Text">What the user says, 1 to 2,000 characters, in English or Chinese.</param>
/// <param name="Webhook">Who is told of the new job, if the message starts one.</param>
/// <param name="Metadata">The caller's own words for the new job.</param>
/// <param name="OnUnknownOutcome">As in a submission, for the new job.</param>
/// <param name="Action">What the message asks for, whatever its words: <c>message</c>, <c>export</c>, <c>credits</c>, <c>state</c> or <c>upload</c>.</param>
/// <param name="Deadline">As in a submission, for the new job.</param>
public sealed record MessageBody(
    string? Text = null,
    WebhookBody? Webhook = null,
    IReadOnlyDictionary<string, string>? Metadata = null,
    string? OnUnknownOutcome = null,
    string? Action = null,
    string? Deadline = null);

/// <summary>The answer to a message; which fields it has depends on the action.</summary>
/// <param name="Action">What the words asked for.</param>
/// <param name="Text">The answer in a sentence.</param>
/// <param name="Job">The new job that edits or renders, when one was started.</param>
/// <param name="Result">Where the finished video can be read.</param>
/// <param name="Credits">The account's credits.</param>
public sealed record MessageAnswer(
    UserAction Action, string Text, JobView? Job = null, ResultBody? Result = null, CreditsBody? Credits = null);
