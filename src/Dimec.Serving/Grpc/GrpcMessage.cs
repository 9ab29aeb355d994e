using System.Buffers.Binary;
using System.IO.Pipelines;
using Dimec.OpenInference;
using Dimec.Serving.Admission;
using Grpc.Core;

namespace Dimec.Serving.Grpc;

/// <summary>
/// A call's message while it arrives and is unpacked. Takes its room, and that of what will be made of it; and gives every end that it can
/// come to a status: the framework would log a caller that goes away, or bytes that are no gRPC, as a failure of the server.
/// </summary>
internal sealed class GrpcMessage(string encoding, InFlightRequest inFlight, int maxBytes, CancellationToken aborted)
{
    public const string EncodingHeader = "grpc-encoding";

    /// <summary>Before a message: whether it is compressed (one byte), and its length (four, big-endian).</summary>
    private const int HeaderLength = 5;

    /// <summary>The message with its header, never compressed where that can be undone here.</summary>
    /// <exception cref="RpcException">It is none that can be taken.</exception>
    public async ValueTask<byte[]> ReadAsync(PipeReader body)
    {
        try
        {
            var message = await UnpackAsync(await ReadBytesAsync(body));
            // The bytes are let go of once they are parsed.
            if (message.Length > HeaderLength)
                inFlight.Keep(Math.Max(message.Length, MessageWeight.Of(message.AsSpan(HeaderLength))));
            return message;
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

    /// <summary>The status of a message over the limit is gRPC's custom, not the protocol's.</summary>
    private static ProtocolException TooLarge(int most)
        => new(ProtocolStatus.Full, $"the message is larger than the {most} bytes that this tier takes; send fewer rows in a request");

    private async ValueTask<byte[]> ReadBytesAsync(PipeReader body)
    {
        using var bytes = new BodyBuffer(inFlight, maxBytes + HeaderLength, _ => TooLarge(maxBytes));
        int? length = null;
        while (true)
        {
            var result = await inFlight.ReadAsync(body);
            try
            {
                bytes.Write(result.Buffer);
                length ??= LengthOf(bytes);
                if (bytes.Length > HeaderLength + length)
                    throw new ProtocolException("the call has more than one message");
            }
            finally
            {
                body.AdvanceTo(result.Buffer.End);
            }

            if (result.IsCompleted)
                break;
        }

        inFlight.Arrived();
        return bytes.Take();
    }

    private int? LengthOf(BodyBuffer bytes)
    {
        if (bytes.Length < HeaderLength)
            return null;
        Span<byte> header = stackalloc byte[HeaderLength];
        bytes.CopyTo(header);
        if (header[0] > 1)
            throw new ProtocolException("the call's bytes are no gRPC message");
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return length <= maxBytes ? (int)length : throw TooLarge(maxBytes);
    }

    /// <summary>What is cut off, or compressed in a way that is unknown here, is left for the framework to refuse.</summary>
    private async ValueTask<byte[]> UnpackAsync(byte[] message)
    {
        if (message.Length > BodyEncoding.Large)
            await inFlight.UnpackAsync(aborted);
        if (message is not [1, _, _, _, _, ..] || encoding is not (BodyEncoding.Gzip or BodyEncoding.Deflate)
            || BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(1)) != message.Length - HeaderLength)
        {
            return message;
        }

        using var bytes = new BodyBuffer(inFlight, maxBytes, TooLarge);
        var unpacked = await BodyEncoding.DecompressAsync(message.AsMemory(HeaderLength), encoding, inFlight, bytes, HeaderLength, aborted);
        unpacked[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(unpacked.AsSpan(1), (uint)(unpacked.Length - HeaderLength));
        return unpacked;
    }
}
