using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using Dimec.Exits.Ngrams;
using Dimec.Tests.Made;

namespace Dimec.Tests.Exits.Ngrams;

public class NgramFormatTests
{
    private static readonly byte[] s_wide = MadeTexts.Train().Quantize().Bytes();
    private static readonly byte[] s_narrow = MadeTexts.Train().Narrow().Bytes();
    private static readonly Gen<byte[]> s_files = Gen.Bool.Select(isWide => isWide ? s_wide : s_narrow);

    [Fact]
    public void What_is_read_answers_as_what_was_written() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[2, 12], Gen.Int[10, 13]).Sample((isWide, pairs, classes, bits) =>
        {
            var options = new NgramOptions { LearningRate = 1, TableBits = bits, Epochs = 2 };
            var weights = MadeTexts.Train(classes: classes, pairs: pairs, options: options);
            var model = isWide ? weights.Quantize() : weights.Narrow();
            var bytes = model.Bytes();
            var read = MadeTexts.Read(bytes);
            Assert.Equal((classes, pairs, model.RowCount), (read.Classes, read.HasPair, read.RowCount));
            Assert.Equal(bytes, read.Bytes());
            Assert.All(
                MadeTexts.Of(20, classes, pairs, seed: 3),
                sample => Assert.Equal(model.Score(sample.Text, sample.Pair), read.Score(sample.Text, sample.Pair)));
        }, iter: 20);

    [Fact]
    public void The_bytes_are_the_stated_ones()
    {
        foreach (var (file, width, row) in new[] { (s_wide, 2, 6), (s_narrow, 1, 4) })
        {
            Assert.Equal("DIMECNGR"u8, file.AsSpan(0, 8));
            Assert.Equal(1, Number(8));
            Assert.Equal("splitmix64/1\0\0\0\0"u8, file.AsSpan(12, 16));
            Assert.Equal((12, 0, 3, width), (Number(28), Number(32), Number(36), Number(44)));
            Assert.Equal(Convert.FromHexString(MadeTexts.Tokenizer), file[48..80]);
            Assert.Equal(80 + (8 * 3) + (4096 / 8) + (row * Number(40)) + 32, file.Length);
            Assert.Equal(SHA256.HashData(file.AsSpan(..^32)), file[^32..]);

            int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
        }
    }

    [Fact]
    public void Another_tokenizers_exit_is_refused_in_a_sentence()
    {
        var thrown = Assert.Throws<InputException>(() => MadeTexts.Read(s_wide, new string('f', 64)));
        Assert.Equal(
            "ngram.bin: was trained with another tokenizer (its SHA-256 begins with 0123456789ab, this one's with ffffffffffff), so its "
            + "n-grams are of other tokens; take the tokenizer that it was trained with, or train it again with this one.",
            Assert.Single(thrown.Errors).ToString());
    }

    [Fact]
    public void A_file_that_was_cut_or_goes_on_is_refused() => Gen.Int[0, s_narrow.Length - 1].Select(s_files).Sample((length, file) =>
    {
        Refused(file[..length]);
        Refused([.. file, .. file[..(length + 1)]]);
    });

    [Fact]
    public void A_byte_that_changed_is_refused() =>
        Gen.Select(s_files, Gen.Int[0, s_narrow.Length - 1], Gen.Byte[1, 255]).Sample((file, at, change) =>
        {
            var bytes = (byte[])file.Clone();
            bytes[at] ^= change;
            Refused(bytes);
        });

    [Fact]
    public void A_file_made_to_deceive_is_refused_or_answers() =>
        Gen.Select(s_files, Gen.Int[0, s_narrow.Length - 36], Gen.OneOf(Gen.Int, Gen.Int[-2, 70_000])).Sample((file, at, number) =>
        {
            // With a hash that is right again.
            var bytes = (byte[])file.Clone();
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), number);
            SHA256.HashData(bytes.AsSpan(..^32)).CopyTo(bytes.AsSpan(bytes.Length - 32));
            try
            {
                var model = MadeTexts.Read(bytes, Convert.ToHexStringLower(bytes[48..80]));
                var again = MadeTexts.Read(model.Bytes(), Convert.ToHexStringLower(bytes[48..80]));
                Assert.Equal(model.Score([1, 2, 3]), again.Score([1, 2, 3]));
            }
            catch (InputException refused)
            {
                Assert.Equal("ngram.bin", Assert.Single(refused.Errors).Where);
            }
        });

    [Fact]
    public void A_header_that_asks_for_much_gets_no_memory()
    {
        var bytes = (byte[])s_wide.Clone();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 22);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(36), 200);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("ends after", Refused(bytes), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Something_else_is_named_as_such()
    {
        Assert.Contains("is not an n-gram exit's file", Refused("{ \"format\": 1 }"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("is not an n-gram exit's file", Refused([]), StringComparison.Ordinal);
        var later = (byte[])s_wide.Clone();
        later[8] = 2;
        Assert.Contains("has the format 2, and this version reads 1", Refused(later), StringComparison.Ordinal);
    }

    private static string Refused(byte[] bytes)
    {
        var error = Assert.Single(Assert.Throws<InputException>(() => MadeTexts.Read(bytes)).Errors);
        Assert.Equal("ngram.bin", error.Where);
        return error.ToString();
    }
}
