using FaceSwap.Callers;
using FaceSwap.Conversation;
using FaceSwap.Errors;
using FaceSwap.Functions.Account;
using FaceSwap.NemoVideo.Drafts;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>Answers a message to a finished job: questions by the app itself, edits by a new job that goes on in the same session.</summary>
public sealed class JobConversation(
    JobReader jobs, JobContinuations continuations, ResultLinks links, CreditsReader credits, NemoSessions sessions)
{
    /// <exception cref="FaceSwapException">The job cannot be talked to, or the message breaks a rule or is not clear.</exception>
    public async Task<ConversationTurn> AnswerAsync(
        string id, Caller caller, MessageBody message, string? key, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var job = await jobs.ReadEndedAsync(id, caller, client, cancellationToken);
        var text = SubmissionRules.TextOf(message.Text, "text");
        switch (SubmissionRules.ActionOf(message.Action) ?? Understand(text))
        {
            case UserAction.Credits:
                return new ConversationTurn(await CreditsAsync(cancellationToken));
            case UserAction.State:
                return new ConversationTurn(await StateAsync(job, cancellationToken));
            case UserAction.Upload:
                return new ConversationTurn(new MessageAnswer(UserAction.Upload, "Files come with a new job: POST /api/jobs with the video and the face."));
            case UserAction.Export when job.Reading.Outcome!.Result is not null:
                var result = await links.MakeAsync(job.Reading, cancellationToken);
                return new ConversationTurn(new MessageAnswer(UserAction.Export, "The finished video.", Result: result));
            case UserAction.Export:
                var render = await continuations.StartAsync(job, instruction: null, message, key, client, cancellationToken);
                return Started(UserAction.Export, "The session is rendered as it stands.", render);
            default:
                var edit = await continuations.StartAsync(job, text, message, key, client, cancellationToken);
                return Started(UserAction.Message, "The edit goes on in the same session.", edit);
        }
    }

    private static UserAction Understand(string text) => MessageRouter.Route(text)
        ?? throw new FaceSwapException(ErrorCodes.UnclearMessage, "The words ask for more than one thing, or for none that is known. Nothing was started or charged.");

    private async Task<MessageAnswer> CreditsAsync(CancellationToken cancellationToken)
    {
        var balance = await credits.ReadAsync(cancellationToken);
        return new MessageAnswer(UserAction.Credits, $"{balance.Available:0.##} credits are available, {balance.Frozen:0.##} are frozen.", Credits: balance);
    }

    private async Task<MessageAnswer> StateAsync(EndedJob job, CancellationToken cancellationToken)
    {
        var state = await sessions.ReadStateAsync(job.Session.SessionId, cancellationToken);
        return new MessageAnswer(UserAction.State, DraftText.Summarize(DraftReader.Read(state.Draft)));
    }

    private static ConversationTurn Started(UserAction action, string text, StartedJob started) =>
        new(new MessageAnswer(action, text, started.View), started);
}

/// <summary>What came of a message.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Started">The job that it started; null when it started none.</param>
public sealed record ConversationTurn(MessageAnswer Answer, StartedJob? Started = null);
