using FaceSwap.Conversation;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Messages;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>Follows a reply to its end and writes the progress that people see.</summary>
public sealed class ReplyFollower(JobDocuments documents, IOptions<JobOptions> options, TimeProvider time)
{
    /// <summary>Reads the stream until it ends, breaks, is silent for too long, or the token is cancelled; none of these is an error here.</summary>
    public async Task<FollowedReply> FollowAsync(string jobId, NemoReply reply, CancellationToken cancellationToken)
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

            return new FollowedReply(IsComplete: true, text.ToString());
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            return new FollowedReply(IsComplete: false, text.ToString());
        }
    }
}

/// <summary>What a reply came to.</summary>
/// <param name="IsComplete">Whether it ended by itself; otherwise it broke, or was left.</param>
/// <param name="Text">What the agent said, as it said it.</param>
public readonly record struct FollowedReply(bool IsComplete, string Text);
