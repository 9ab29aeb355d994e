using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Dimec.Inference.Protocol;
using Dimec.Serving.Held;
using Grpc.Core;

namespace Dimec.Serving.Grpc;

/// <summary>
/// Reads a call's bytes. Takes room for a message while it arrives, and gives every end that it can come to a status: the framework would
/// log a caller that goes away, or bytes that are no gRPC, as a failure of the server.
/// </summary>
internal sealed class GrpcBodyReader(PipeReader inner, HeldRequest held, int maxBytes) : PipeReader
{
    /// <summary>Before a message: whether it is compressed (one byte), and its length (four, big-endian).</summary>
    private const int HeaderLength = 5;

    private bool _sawHeader;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await ReadInnerAsync();
        try
        {
            Check(result.Buffer);
            held.Hold(result.Buffer.Length);
        }
        catch (ProtocolException exception)
        {
            inner.AdvanceTo(result.Buffer.End);
            throw GrpcStatuses.Exception(exception);
        }

        return result;
    }

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private async ValueTask<ReadResult> ReadInnerAsync()
    {
        try
        {
            return await held.ReadAsync(inner);
        }
        catch (ProtocolException exception)
        {
            throw GrpcStatuses.Exception(exception);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, $"the call broke off: {exception.Message}"));
        }
    }

    private void Check(ReadOnlySequence<byte> bytes)
    {
        if (_sawHeader || bytes.Length < HeaderLength)
            return;
        _sawHeader = true;
        Span<byte> header = stackalloc byte[HeaderLength];
        bytes.Slice(0, HeaderLength).CopyTo(header);
        if (header[0] > 1)
            throw new ProtocolException("the call's bytes are no gRPC message");
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > maxBytes)
            throw TooLarge(maxBytes);
    }

    /// <summary>The status of a message over the limit is gRPC's custom, not the protocol's.</summary>
    internal static ProtocolException TooLarge(int maxBytes)
        => new(ProtocolStatus.Full, $"the message is larger than the {maxBytes} bytes that this tier takes; send fewer rows in a request");
}
