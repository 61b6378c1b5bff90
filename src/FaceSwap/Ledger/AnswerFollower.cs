using FaceSwap.Conversation;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Messages;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>Follows the stream of an answer to its end and writes the progress that people see.</summary>
public sealed class AnswerFollower(JobDocuments documents, IOptions<JobOptions> options, TimeProvider time)
{
    /// <summary>Reads the stream until it ends, breaks, is silent for too long, or the token is cancelled; none of these is an error here.</summary>
    public async Task<Answer> FollowAsync(string jobId, NemoReply reply, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.Value.SilenceLimit, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        var progress = new SwapProgress((now, token) => documents.WriteProgressAsync(jobId, now, token), time);
        var text = new AgentText();
        try
        {
            await foreach (var item in reply.ReadAsync(any.Token))
            {
                if (item.Kind != NemoEventKind.Heartbeat)
                {
                    silence.CancelAfter(options.Value.SilenceLimit);
                }

                if (item.Kind == NemoEventKind.Text)
                {
                    text.Add(item.Text ?? "", item.IsPartial);
                }

                await progress.OnEventAsync(item.Kind, cancellationToken);
            }

            return new Answer(IsComplete: true, text.ToString());
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            return new Answer(IsComplete: false, text.ToString());
        }
    }
}
