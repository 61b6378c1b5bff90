using System.Threading.Channels;
using NemoVideo.Simulator.Messages.Events;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Messages;

/// <summary>A message at work: its frames wait here for whoever reads the stream, if anyone still does.</summary>
internal sealed class MessageRun(Message message, Scenario scenario, CancellationToken stopping) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly Channel<byte[]> frames = Channel.CreateUnbounded<byte[]>();
    private readonly SseFrames encoder = new(scenario.EventShape, message.MessageId);
    private bool over;

    public Message Message => message;

    public Scenario Scenario => scenario;

    /// <summary>Ends with the simulator, or when the caller went away and the scenario cancels then.</summary>
    public CancellationToken Life => life.Token;

    public ChannelReader<byte[]> Frames => frames.Reader;

    public void Emit(AgentEvent agentEvent)
    {
        if (encoder.Of(agentEvent) is { } frame)
        {
            frames.Writer.TryWrite(frame);
        }
    }

    /// <summary>The stream has said everything; work may still go on behind it.</summary>
    public void EndStream() => frames.Writer.TryComplete();

    /// <summary>The caller is gone; the run may be over by then.</summary>
    public void Abandon()
    {
        lock (gate)
        {
            if (!over && scenario.OnDisconnect == OnDisconnect.Cancel)
            {
                life.Cancel();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            over = true;
            life.Dispose();
        }
    }
}
