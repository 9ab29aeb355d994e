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
    /// <param name="body">Where it is.</param>
    /// <param name="isOnly">Whether it is all that the call has to say; otherwise the reader is left behind it.</param>
    /// <exception cref="RpcException">It is none that can be taken.</exception>
    public async ValueTask<byte[]> ReadAsync(PipeReader body, bool isOnly = true)
    {
        try
        {
            var message = await UnpackAsync(await ReadBytesAsync(body, isOnly));
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
            throw BrokenOff(exception);
        }
    }

    /// <summary>Whether a message has as many bytes as its header says.</summary>
    /// <param name="message">The message with its header.</param>
    public static bool IsWhole(ReadOnlySpan<byte> message) =>
        message.Length >= HeaderLength && BinaryPrimitives.ReadUInt32BigEndian(message[1..]) == message.Length - HeaderLength;

    /// <summary>The end of a call whose caller is gone.</summary>
    public static RpcException BrokenOff(Exception exception) =>
        new(new Status(StatusCode.Cancelled, $"the call broke off: {exception.Message}"));

    /// <summary>The status of a message over the limit is gRPC's custom, not the protocol's.</summary>
    private static ProtocolException TooLarge(int most)
        => new(ProtocolStatus.Full, $"the message is larger than the {most} bytes that this tier takes; send fewer rows in a request");

    private async ValueTask<byte[]> ReadBytesAsync(PipeReader body, bool isOnly)
    {
        using var bytes = new BodyBuffer(inFlight, maxBytes + HeaderLength, _ => TooLarge(maxBytes));
        int? length = null;
        while (isOnly || length is null || bytes.Length < HeaderLength + length)
        {
            var result = await inFlight.ReadAsync(body);
            var part = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, Missing(bytes, length)));
            try
            {
                bytes.Write(part);
                length ??= LengthOf(bytes);
                if (part.IsEmpty && !result.Buffer.IsEmpty)
                    throw new ProtocolException("the call has more than one message");
            }
            finally
            {
                body.AdvanceTo(part.End);
            }

            if (result.IsCompleted && part.Length == result.Buffer.Length)
                break;
        }

        inFlight.Arrived();
        return bytes.Take();
    }

    /// <summary>How many bytes are still to come of what is known of it: first of its header, then of all of it.</summary>
    private static long Missing(BodyBuffer bytes, int? length) => HeaderLength + (long)(length ?? 0) - bytes.Length;

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
        if (message is not [1, ..] || !IsWhole(message) || encoding is not (BodyEncoding.Gzip or BodyEncoding.Deflate))
            return message;

        using var bytes = new BodyBuffer(inFlight, maxBytes, TooLarge);
        var unpacked = await BodyEncoding.DecompressAsync(message.AsMemory(HeaderLength), encoding, inFlight, bytes, HeaderLength, aborted);
        unpacked[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(unpacked.AsSpan(1), (uint)(unpacked.Length - HeaderLength));
        return unpacked;
    }
}
