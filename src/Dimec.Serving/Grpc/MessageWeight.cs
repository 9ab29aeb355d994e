namespace Dimec.Serving.Grpc;

/// <summary>
/// How much memory a request's protobuf message takes once it is parsed, told from its bytes before: a few bytes of many empty parts, or of
/// numbers of a byte each, become many times as much.
/// </summary>
internal static class MessageWeight
{
    /// <summary>About what the objects of one field take: a part of the message, a text, a parameter.</summary>
    private const long Field = 256;

    /// <summary>What a byte of packed numbers becomes at most: a number of eight, in a list that has grown by doubling.</summary>
    private const long Number = 2 * sizeof(long);

    /// <summary>The messages of open_inference_grpc.proto of which a request is made.</summary>
    private enum Message
    {
        ModelInferRequest,
        InferInputTensor,
        InferTensorContents,
        Other,
    }

    /// <summary>The bytes that it takes; too many rather than too few.</summary>
    public static long Of(ReadOnlySpan<byte> message) => Of(message, Message.ModelInferRequest);

    private static long Of(ReadOnlySpan<byte> bytes, Message message)
    {
        var weight = 0L;
        // What is malformed ends the walk: the parser finds it as well, and there.
        while (TryReadNumber(ref bytes, out var tag))
        {
            weight += Field;
            switch (tag & 7)
            {
                case 0 when TryReadNumber(ref bytes, out _):
                    break;
                case 1 when bytes.Length >= sizeof(ulong):
                    bytes = bytes[sizeof(ulong)..];
                    break;
                case 5 when bytes.Length >= sizeof(uint):
                    bytes = bytes[sizeof(uint)..];
                    break;
                case 2 when TryReadNumber(ref bytes, out var length) && length <= (ulong)bytes.Length:
                    weight += Of(bytes[..(int)length], message, tag >> 3);
                    bytes = bytes[(int)length..];
                    break;
                default:
                    return weight;
            }
        }

        return weight;
    }

    private static long Of(ReadOnlySpan<byte> value, Message message, ulong field) => (message, field) switch
    {
        (Message.ModelInferRequest, 5) => Of(value, Message.InferInputTensor),
        (Message.ModelInferRequest, 6) => Of(value, Message.Other),
        (Message.ModelInferRequest, 7) or (Message.InferTensorContents, 8) => value.Length,
        (Message.InferInputTensor, 3) => Number * value.Length,
        (Message.InferInputTensor, 5) => Of(value, Message.InferTensorContents),
        (Message.InferTensorContents, >= 2 and <= 5) => Number * value.Length,
        // In memory a text has two bytes for one.
        _ => 2L * value.Length,
    };

    private static bool TryReadNumber(ref ReadOnlySpan<byte> bytes, out ulong number)
    {
        const int Longest = 10;
        number = 0;
        for (var i = 0; i < bytes.Length && i < Longest; i++)
        {
            number |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
