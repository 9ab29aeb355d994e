using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dimec.Exits.Ngrams;

/// <summary>
/// The file of an n-gram exit, which <c>docs/ngram-exit.md</c> states byte by byte: little-endian, with a SHA-256 of all that is before
/// it at the end. What its header says is held against its length before anything is made of it.
/// </summary>
internal static class NgramFormat
{
    private const int Format = 1;
    private const int HashNameLength = 16;
    private const int HeaderLength = 8 + 4 + HashNameLength + 4 + 4 + 4 + 4 + 4 + SHA256.HashSizeInBytes;
    private const string Fix = "write it again, or train the exit again";

    private static ReadOnlySpan<byte> Magic => "DIMECNGR"u8;

    /// <summary>How long a file is.</summary>
    public static long Length(NgramShape shape, int rows) =>
        HeaderLength + (2L * sizeof(float) * shape.Classes) + ((long)sizeof(ulong) * shape.Words) + ((long)rows * RowLength(shape))
        + SHA256.HashSizeInBytes;

    /// <summary>How long a row is, its exponent included.</summary>
    public static int RowLength(NgramShape shape) => shape.IsWide ? sizeof(short) * shape.Classes : 1 + shape.Classes;

    public static void Write(NgramModel model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var shape = model.Shape;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Format);
        Encoding.ASCII.GetBytes(NgramHash.Name, header[12..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], shape.TableBits);
        BinaryPrimitives.WriteInt32LittleEndian(header[32..], shape.HasPair ? 1 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(header[36..], shape.Classes);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], model.RowCount);
        BinaryPrimitives.WriteInt32LittleEndian(header[44..], shape.IsWide ? sizeof(short) : sizeof(byte));
        Convert.FromHexString(shape.Tokenizer).CopyTo(header[48..]);
        Put(header);

        foreach (var number in (ReadOnlySpan<float>)[.. model.Scales, .. model.Bias])
        {
            BinaryPrimitives.WriteSingleLittleEndian(header, number);
            Put(header[..sizeof(float)]);
        }

        foreach (var word in model.Rows.Bits)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(header, word);
            Put(header[..sizeof(ulong)]);
        }

        Put(shape.IsWide ? NgramWeightBytes.Wide(model.Weights) : NgramWeightBytes.Narrow(model.Weights, shape.Classes));
        stream.Write(hash.GetHashAndReset());

        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
    }

    public static NgramModel Read(Stream stream, string where, string tokenizer)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = new byte[HeaderLength];
        var read = stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
        if (!header.AsSpan(0, Math.Min(read, Magic.Length)).SequenceEqual(Magic))
            throw new InputException(where, "is not an n-gram exit's file", "name the file that the training or the export wrote");
        if (read < HeaderLength)
            throw Damaged(where, $"ends after {read} bytes, within its header");
        var (shape, rows) = ReadHeader(header, where);
        var length = Length(shape, rows);
        var rest = ReadRest(stream, header, length, where);
        var model = ReadBody(shape, rows, rest, where);
        if (shape.Tokenizer != tokenizer)
        {
            throw new InputException(
                where, $"was trained with another tokenizer (its SHA-256 begins with {shape.Tokenizer[..12]}, this one's with "
                + $"{tokenizer[..Math.Min(12, tokenizer.Length)]}), so its n-grams are of other tokens",
                "take the tokenizer that it was trained with, or train it again with this one");
        }

        return model;
    }

    private static (NgramShape Shape, int Rows) ReadHeader(ReadOnlySpan<byte> header, string where)
    {
        var format = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (format != Format)
        {
            throw new InputException(
                where, $"has the format {format}, and this version reads {Format}", "take the version of Dimec that wrote it");
        }

        Span<byte> name = stackalloc byte[HashNameLength];
        name.Clear();
        Encoding.ASCII.GetBytes(NgramHash.Name, name);
        if (!header[12..28].SequenceEqual(name))
        {
            throw new InputException(
                where, $"names another hash than {NgramHash.Name}, the one that this version has",
                "take the version of Dimec that wrote it");
        }

        var bits = BinaryPrimitives.ReadInt32LittleEndian(header[28..]);
        var kind = BinaryPrimitives.ReadInt32LittleEndian(header[32..]);
        var classes = BinaryPrimitives.ReadInt32LittleEndian(header[36..]);
        var rows = BinaryPrimitives.ReadInt32LittleEndian(header[40..]);
        if (bits is < NgramOptions.FewestBits or > NgramOptions.MostBits)
            throw Damaged(where, $"has {bits} bits of a bucket, where {NgramOptions.FewestBits} … {NgramOptions.MostBits} can be");
        if (kind is not (0 or 1))
            throw Damaged(where, $"has {kind} where 0 stands for single texts and 1 for pairs");
        if (classes is < 2 or > NgramShape.MostClasses)
            throw Damaged(where, $"says that it has {classes} classes, where 2 … {NgramShape.MostClasses} can be");
        var width = BinaryPrimitives.ReadInt32LittleEndian(header[44..]);
        if (width is not (sizeof(byte) or sizeof(short)))
            throw Damaged(where, $"has weights of {width} bytes, where 1 and 2 can be");
        if (rows < 0 || rows > 1 << bits || (long)rows * classes > Array.MaxLength / 4)
            throw Damaged(where, $"says that it has {rows} rows of {classes} weights, which cannot be");
        var shape = new NgramShape(classes, kind == 1, bits, Convert.ToHexStringLower(header[48..]));
        return (shape with { IsWide = width == sizeof(short) }, rows);
    }

    /// <summary>All after the header, but for the hash at the end, which is checked.</summary>
    private static ReadOnlySpan<byte> ReadRest(Stream stream, ReadOnlySpan<byte> header, long length, string where)
    {
        using var buffer = new MemoryStream();
        buffer.Write(header);
        // No more than there is gets memory: a header may ask for much more than the file has.
        var chunk = new byte[1 << 16];
        for (int read; buffer.Length <= length && (read = stream.Read(chunk)) > 0;)
            buffer.Write(chunk.AsSpan(0, read));
        if (buffer.Length < length)
            throw Damaged(where, $"ends after {buffer.Length} of {length} bytes");
        if (buffer.Length > length)
            throw Damaged(where, $"goes on after its {length} bytes");
        var bytes = buffer.GetBuffer().AsSpan(0, (int)length);
        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes[content.Length..]))
            throw Damaged(where, "does not have the SHA-256 that it ends with");
        return content[HeaderLength..];
    }

    private static NgramModel ReadBody(NgramShape shape, int rows, ReadOnlySpan<byte> bytes, string where)
    {
        var scales = Numbers(ref bytes, shape.Classes);
        var bias = Numbers(ref bytes, shape.Classes);
        if (!Array.TrueForAll(scales, scale => float.IsFinite(scale) && scale >= 0) || !Array.TrueForAll(bias, float.IsFinite))
            throw Damaged(where, "holds a scale or a bias that is no finite number");
        var words = new ulong[shape.Words];
        for (var i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        var table = new BucketRows(words);
        if (table.Count != rows)
            throw Damaged(where, $"says that it has {rows} rows, and marks {table.Count} buckets");
        bytes = bytes[(words.Length * sizeof(ulong))..];
        if (!shape.IsWide && bytes[..rows].ContainsAnyExceptInRange((byte)0, (byte)Quantizer.MostExponent))
            throw Damaged(where, $"holds an exponent of a row above {Quantizer.MostExponent}");
        if (!shape.IsWide && bytes[rows..].Contains((byte)0x80))
            throw Damaged(where, $"holds the weight {sbyte.MinValue}, which none is");
        var weights = shape.IsWide ? NgramWeightBytes.FromWide(bytes) : NgramWeightBytes.FromNarrow(bytes, rows, shape.Classes);
        if (weights.Contains(short.MinValue))
            throw Damaged(where, $"holds the weight {short.MinValue}, which none is");
        return new NgramModel(shape, table, weights, scales, bias);
    }

    private static float[] Numbers(ref ReadOnlySpan<byte> bytes, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        bytes = bytes[(count * sizeof(float))..];
        return numbers;
    }

    private static InputException Damaged(string where, string problem) => new(where, $"is damaged: it {problem}", Fix);
}
