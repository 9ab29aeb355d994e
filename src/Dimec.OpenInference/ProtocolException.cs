namespace Dimec.OpenInference;

/// <summary>
/// What arrived over the wire cannot be used. Thrown by the codecs, turned into an answer or a value at the edge. The message is at most
/// 1,001 characters long, and what it quotes steers no terminal.
/// </summary>
/// <param name="status">What the failure is called on the wire.</param>
/// <param name="message">One clear sentence, without a full stop.</param>
public sealed class ProtocolException(ProtocolStatus status, string message) : Exception(PlainSentence.Of(message))
{
    /// <summary>A request or an answer that is malformed, or does not fit.</summary>
    /// <param name="message">One clear sentence, without a full stop.</param>
    public ProtocolException(string message) : this(ProtocolStatus.Invalid, message)
    {
    }

    /// <summary>What the failure is called on the wire.</summary>
    public ProtocolStatus Status { get; } = status;

    /// <summary>When the same request may find room, where that is what it wants; null: nothing is said of it.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
