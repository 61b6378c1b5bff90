using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Conversation;

/// <summary><c>POST /api/jobs/{id}/messages</c>: says something to a finished job; 202 when that starts a new job, else 200.</summary>
public sealed class SendMessage(JobConversation conversation)
{
    [Function(nameof(SendMessage))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/messages")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        Answers.RunAsync(async () =>
        {
            var message = await JsonBodyReader.ReadAsync(request, ApiJson.Default.MessageBody, cancellationToken);
            var answer = await conversation.AnswerAsync(id, message, client, cancellationToken);
            return answer.Job is { } job
                ? JobAnswers.Accepted(answer, ApiJson.Default.MessageAnswer, job)
                : Results.Json(answer, ApiJson.Default.MessageAnswer);
        });
}
