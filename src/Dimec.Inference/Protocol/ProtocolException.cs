namespace Dimec.Inference.Protocol;

/// <summary>What arrived over the wire cannot be used. Thrown by the codecs, turned into an answer or a value at the edge.</summary>
internal sealed class ProtocolException(ProtocolStatus status, string message) : Exception(message)
{
    public ProtocolException(string message) : this(ProtocolStatus.Invalid, message)
    {
    }

    public ProtocolStatus Status { get; } = status;
}
