using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Dimec.OpenInference.Tensors;

/// <summary>BYTES in raw form: each element is a 4-byte little-endian length, then its bytes.</summary>
internal static class BytesCodec
{
    public const int PrefixLength = sizeof(uint);

    /// <summary>Checks that the raw form holds exactly <paramref name="count"/> elements.</summary>
    /// <exception cref="ProtocolException">It does not.</exception>
    public static void Validate(string tensor, ReadOnlySpan<byte> raw, int count)
    {
        // Every element takes at least its prefix, so a huge count is refused before anything is walked.
        if ((long)count * PrefixLength > raw.Length)
        {
            throw new ProtocolException(
                $"'{tensor}' is to have {count} elements of BYTES, but its {raw.Length} bytes cannot hold that many");
        }

        for (var i = 0; i < count; i++)
            Next(tensor, ref raw, i);
        if (raw.Length > 0)
            throw new ProtocolException($"'{tensor}' has {raw.Length} bytes after its last element");
    }

    /// <summary>Checks that the elements are text.</summary>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="raw">Its raw form, which is valid.</param>
    /// <param name="count">The number of its elements.</param>
    /// <exception cref="ProtocolException">One is not UTF-8.</exception>
    public static void RequireText(string tensor, ReadOnlySpan<byte> raw, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!Utf8.IsValid(Next(tensor, ref raw, i)))
                throw new ProtocolException($"element {i} of '{tensor}' is not UTF-8");
        }
    }

    /// <summary>The elements as text, each made when it is asked for: in memory it takes twice the room that it takes here.</summary>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="raw">Its raw form, of elements that are text.</param>
    /// <param name="count">The number of its elements.</param>
    public static IEnumerable<string> Decode(string tensor, ReadOnlyMemory<byte> raw, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (text, length) = First(tensor, raw.Span, i);
            raw = raw[length..];
            yield return text;
        }
    }

    /// <summary>The raw form of texts, as UTF-8.</summary>
    public static byte[] Encode(IReadOnlyList<string> values)
    {
        var raw = new byte[values.Sum(value => PrefixLength + Encoding.UTF8.GetByteCount(value))];
        var rest = raw.AsSpan();
        foreach (var value in values)
        {
            var length = Encoding.UTF8.GetBytes(value, rest[PrefixLength..]);
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)length);
            rest = rest[(PrefixLength + length)..];
        }

        return raw;
    }

    /// <summary>The raw form of elements that came without lengths.</summary>
    public static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        var raw = new byte[elements.Sum(element => PrefixLength + element.Length)];
        var rest = raw.AsSpan();
        foreach (var element in elements)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)element.Length);
            element.Span.CopyTo(rest[PrefixLength..]);
            rest = rest[(PrefixLength + element.Length)..];
        }

        return raw;
    }

    /// <summary>The elements, without their lengths.</summary>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="raw">Its raw form, which is valid.</param>
    /// <param name="count">The number of its elements.</param>
    public static ReadOnlyMemory<byte>[] Split(string tensor, ReadOnlyMemory<byte> raw, int count)
    {
        var elements = new ReadOnlyMemory<byte>[count];
        var rest = raw.Span;
        for (var i = 0; i < count; i++)
        {
            var length = Next(tensor, ref rest, i).Length;
            elements[i] = raw.Slice(raw.Length - rest.Length - length, length);
        }

        return elements;
    }

    private static (string Text, int Length) First(string tensor, ReadOnlySpan<byte> raw, int index)
    {
        var before = raw.Length;
        var element = Next(tensor, ref raw, index);
        return (Encoding.UTF8.GetString(element), before - raw.Length);
    }

    private static ReadOnlySpan<byte> Next(string tensor, ref ReadOnlySpan<byte> raw, int index)
    {
        if (raw.Length < PrefixLength)
            throw new ProtocolException($"'{tensor}' ends before element {index}");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(raw);
        var rest = raw[PrefixLength..];
        if (length > rest.Length)
            throw new ProtocolException($"element {index} of '{tensor}' says it is {length} bytes long, but {rest.Length} are left");
        raw = rest[(int)length..];
        return rest[..(int)length];
    }
}
