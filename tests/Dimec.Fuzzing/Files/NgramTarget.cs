using System.Buffers.Binary;
using System.Security.Cryptography;
using Dimec.Exits.Ngrams;
using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;
using Dimec.Testing.Bundles;

namespace Dimec.Fuzzing.Files;

/// <summary>The file of an n-gram exit: numbers of its header, floats, buckets and weights, mostly with a hash that fits.</summary>
internal sealed class NgramTarget : FuzzTarget
{
    private const int HeaderLength = 80;

    private static readonly int[] s_fields = [8, 12, 28, 32, 36, 40, 44, 48];

    private static readonly int[] s_numbers =
        [0, 1, 2, 3, 8, 12, 16, 20, 22, 24, 30, 31, 32, -1, 255, 256, 4096, 65536, 1 << 20, 1 << 24, int.MaxValue, int.MinValue];

    private readonly byte[][] _valid;
    private readonly string _tokenizer;

    public NgramTarget()
    {
        var tokenizer = TinyBundle.Tokenizer();
        _tokenizer = tokenizer.TokenizerJsonHash();
        _valid = [Bytes(WalkBundle.Train(tokenizer)), Bytes(WalkBundle.Train(tokenizer, isWide: false))];
    }

    public override string Name => "ngram";

    public override string What => "the file of an n-gram exit";

    public override byte[] Make(Random random)
    {
        var bytes = _valid[random.Next(_valid.Length)].ToArray();
        for (var changes = random.Next(4); changes > 0; changes--)
            Change(random, bytes);
        if (random.Next(10) == 0)
            bytes = ByteMutator.Mutate(random, bytes);
        var content = bytes.AsSpan(0, Math.Max(0, bytes.Length - SHA256.HashSizeInBytes));
        if (random.Next(10) > 0 && bytes.Length > SHA256.HashSizeInBytes)
            SHA256.HashData(content, bytes.AsSpan(content.Length));
        return bytes;
    }

    public override Verdict Run(byte[] input)
    {
        try
        {
            Again.Same(input, Read, (model, to) => model.Write(to));
            return Verdict.Accepted;
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return input.Length >= HeaderLength && input.AsSpan().StartsWith("DIMECNGR"u8) ? Verdict.Refused : Verdict.Malformed;
        }
    }

    private static void Change(Random random, byte[] bytes)
    {
        switch (random.Next(5))
        {
            case 0:
                BinaryPrimitives.WriteInt32LittleEndian(
                    bytes.AsSpan(s_fields[random.Next(s_fields.Length)]), s_numbers[random.Next(s_numbers.Length)]);
                break;
            case 1:
                BinaryPrimitives.WriteSingleLittleEndian(
                    bytes.AsSpan(HeaderLength + (4 * random.Next(4))),
                    random.Next(5) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => -1, 3 => float.MaxValue, _ => 0 });
                break;
            case 2:
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(bytes.Length - 34 - (2 * random.Next(8))), short.MinValue);
                break;
            case 3:
                bytes[random.Next(HeaderLength)] ^= (byte)(1 << random.Next(8));
                break;
            default:
                bytes[random.Next(HeaderLength, bytes.Length)] = (byte)random.Next(256);
                break;
        }
    }

    private static byte[] Bytes(NgramModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }

    private NgramModel Read(Stream stream)
    {
        var model = NgramModel.Read(stream, "ngram.bin", _tokenizer);
        var logits = new float[model.Classes];
        model.Score([2, 5, 6, 7, 3], model.HasPair ? [5, 6] : [], logits);
        return logits.Any(float.IsNaN) ? throw new BrokenPromiseException("a model that was taken gives no numbers") : model;
    }
}
