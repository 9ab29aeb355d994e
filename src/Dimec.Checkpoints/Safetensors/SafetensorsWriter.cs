using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dimec.Checkpoints.Safetensors;

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes tensors in the order given, as F32.</summary>
    /// <param name="stream">The destination.</param>
    /// <param name="tensors">The tensors; names are unique and values fit shapes.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>, or null for none.</param>
    /// <exception cref="ArgumentException">A name comes twice, or a tensor's values do not fit its shape.</exception>
    public static void Write(Stream stream, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        var header = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        // In pieces: a span of bytes cannot be longer than 2³¹ − 1, a tensor's bytes can.
        const int Piece = 1 << 26;
        foreach (var tensor in tensors)
        {
            for (var rest = tensor.Values.Span; !rest.IsEmpty; rest = rest[Math.Min(Piece, rest.Length)..])
                stream.Write(MemoryMarshal.AsBytes(rest[..Math.Min(Piece, rest.Length)]));
        }
    }

    private static byte[] Header(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            var offset = 0L;
            var names = new HashSet<string>();
            foreach (var tensor in tensors)
            {
                if (!names.Add(tensor.Name)
                    || tensor.Shape.Aggregate(1L, (product, dimension) => product * dimension) != tensor.Values.Length)
                {
                    throw new ArgumentException($"{tensor.Name} comes twice, or its values do not fit its shape.", nameof(tensors));
                }

                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (var dimension in tensor.Shape)
                    json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += 4L * tensor.Values.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The data begins at a multiple of 8, as the format's own writer has it; JSON may end in blanks.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
