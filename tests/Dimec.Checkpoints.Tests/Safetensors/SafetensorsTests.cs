using CsCheck;
using Dimec.Checkpoints.Safetensors;

namespace Dimec.Checkpoints.Tests.Safetensors;

public sealed class SafetensorsTests
{
    private const string Two =
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]}}""";

    [Fact]
    public void WhatIsWrittenReadsBackBitForBit()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.File("x.safetensors");
        var shapes = Gen.Int[0, 4].Array[0, 3];
        Gen.Select(shapes, Gen.UInt).Array[0, 5].Sample(
            cases =>
            {
                var tensors = cases.Select((item, index) => new SafetensorsTensor(
                    $"tensor \"{index}\"", item.Item1, Values(item.Item1, item.Item2))).ToArray();
                using (var stream = File.Create(path))
                    SafetensorsWriter.Write(stream, tensors, new Dictionary<string, string> { ["key"] = "ä\n\"" });
                using var file = SafetensorsFile.Open(path);
                Assert.Equal("ä\n\"", file.Metadata["key"]);
                Assert.Equal(tensors.Select(tensor => tensor.Name).Order(), file.Entries.Keys.Order());
                foreach (var tensor in tensors)
                {
                    var read = file.Read(tensor.Name);
                    Assert.Equal(tensor.Shape, read.Shape);
                    Assert.Equal(
                        tensor.Values.ToArray().Select(BitConverter.SingleToInt32Bits), read.Values.Select(BitConverter.SingleToInt32Bits));
                }
            },
            threads: 1);

        static float[] Values(int[] shape, uint seed) =>
            [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b))
                .Select(i => BitConverter.UInt32BitsToSingle(seed + ((uint)i * 0x9E3779B9)))];
    }

    [Fact]
    public void DataBeginAtAMultipleOfEight()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [new SafetensorsTensor("abc", [1], new float[] { 1 })]);
        Assert.Equal(0, BitConverter.ToInt64(stream.ToArray()) % 8);
    }

    [Fact]
    public void HalvesAndBrainFloatsBecomeSingles()
    {
        using var temporary = new TemporaryFolder();
        var bytes = SafetensorsBytes.Make(
            """{"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"b":{"dtype":"BF16","shape":[3],"data_offsets":[6,12]}}""", 12);
        ushort[] words = [0x3C00, 0xC000, 0x0001, 0x3F80, 0xC000, 0x4049];
        Buffer.BlockCopy(words, 0, bytes, bytes.Length - 12, 12);
        File.WriteAllBytes(temporary.File("x"), bytes);
        using var file = SafetensorsFile.Open(temporary.File("x"));
        Assert.Equal([1f, -2f, 5.9604645e-8f], file.Read("h").Values);
        Assert.Equal([1f, -2f, 3.140625f], file.Read("b").Values);
    }

    [Fact]
    public void TheReferenceFilesRead()
    {
        using var file = SafetensorsFile.Open(Repository.RequireShared("golden", "encoder", "hidden_states.safetensors"));
        Assert.Equal(10, file.Entries.Count);
        Assert.Equal([4, 20], file.Entries["input_ids"].Shape);
        Assert.Equal(101, file.ReadIntegers("input_ids")[0]);
        var wrong = Assert.Throws<InputException>(() => file.Read("input_ids"));
        Assert.Contains("has type I64 where F32, F16 or BF16 is expected", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => file.Read("nothing"));
    }

    [Theory]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, null,
        "tensor a: ends at byte 8 of the data, of which the file holds 7: it is truncated")]
    [InlineData(Two, 8, null, "tensor b: ends at byte 12")]
    [InlineData(Two, 13, null, "holds 13 bytes of data where its header accounts for 12")]
    [InlineData(Two, 12, 1_000_000L, "states a header of 1000000 bytes but ends after")]
    [InlineData(Two, 12, -1L, "states a header of -1 bytes where 2 to 100000000 are possible")]
    [InlineData(Two, 12, 100_000_001L, "states a header of 100000001 bytes where 2 to 100000000 are possible")]
    [InlineData(Two, 12, long.MaxValue, "states a header of 9223372036854775807 bytes")]
    [InlineData(Two, 12, 20L, "header line 1: is not well-formed JSON")]
    [InlineData("[1]", 0, null, "has a header that is no JSON object")]
    [InlineData("{\"a\":1}", 0, null, "tensor a: is no object of dtype, shape and data_offsets")]
    [InlineData("""{"__metadata__":{"format":1}}""", 0, null, "__metadata__: is no object of texts")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, null, "tensor a: has no dtype")]
    [InlineData("""{"a":{"dtype":31,"shape":[2],"data_offsets":[0,8]}}""", 8, null, "tensor a: has no dtype")]
    [InlineData(
        """{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,9]}}""", 8, null,
        "tensor a: ends at byte 9 of the data, of which the file holds 8: it is truncated")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, null, "tensor a: has no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, null, "tensor a: has the impossible shape [-2]")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", 8, null,
        "tensor a: has the impossible shape")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,8]}}""", 8, null,
        "tensor a: spans 8 bytes where F32 of shape [2147483647, 2147483647] takes 18446744056529682436")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, null, "tensor a: spans 8 bytes where F32 of shape [3] takes 12")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, null, "tensor a: has no data_offsets of the form [begin, end]")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, null, "tensor a: has no data_offsets of the form [begin, end]")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, null,
        "tensor a: begins at byte 4 where the one before ends at 0")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, null,
        "tensor b: begins at byte 4, inside another tensor that ends at 8")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, null,
        "tensor a: is named twice in the header")]
    public void AWrongFileIsNamedWithWhatIsWrong(string header, int dataBytes, long? length, string expected)
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.File("x.safetensors");
        File.WriteAllBytes(path, SafetensorsBytes.Make(header, dataBytes, length));
        var exception = Assert.Throws<InputException>(() => SafetensorsFile.Open(path));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void AFileWithoutRoomForAHeaderIsTooShort(int length)
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllBytes(temporary.File("x"), new byte[length]);
        var exception = Assert.Throws<InputException>(() => SafetensorsFile.Open(temporary.File("x")));
        Assert.Contains($"is {length} bytes long, too short", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoCutAndNoFlippedByteEscapesAsAnotherException()
    {
        using var temporary = new TemporaryFolder();
        var good = SafetensorsBytes.Make(Two, 12);
        var path = temporary.File("x");
        Gen.Select(Gen.Int[0, good.Length], Gen.Int[0, good.Length - 1], Gen.Byte).Sample(
            (cut, place, value) =>
            {
                var bytes = (byte[])good.Clone();
                bytes[place] = value;
                File.WriteAllBytes(path, bytes[..cut]);
                try
                {
                    using var file = SafetensorsFile.Open(path);
                    foreach (var entry in file.Entries.Values.Where(entry => entry.Type is "F32" or "F16" or "BF16"))
                        Assert.Equal(entry.Shape, file.Read(entry.Name).Shape);
                }
                catch (InputException exception)
                {
                    Assert.NotEmpty(exception.Errors);
                }
            },
            iter: 3000,
            threads: 1);
    }
}
