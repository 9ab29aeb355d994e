using CsCheck;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Tests.Tensors;

public class TensorTests
{
    [Fact]
    public void Raw_integers_and_floats_are_little_endian()
    {
        var ids = Tensor.FromRaw(
            "ids", DataType.Int64, [2], new byte[] { 1, 2, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF });
        Assert.Equal([513, -1], ids.ToArray<long>());
        var values = Tensor.FromRaw("x", DataType.Float32, [1, 1], new byte[] { 0, 0, 0x80, 0x3F });
        Assert.Equal([1f], values.ToArray<float>());
    }

    [Fact]
    public void Text_has_a_little_endian_length_before_each_element()
        => Assert.Equal(
            [2, 0, 0, 0, 0xC3, 0xA9, 0, 0, 0, 0, 1, 0, 0, 0, (byte)'a'],
            Tensor.FromStrings("t", [3, 1], ["é", "", "a"]).Raw.ToArray());

    [Fact]
    public void Integers_survive_the_way_there_and_back()
        => Gen.Long.Array[0, 20].Sample(values => Assert.Equal(values, Tensor.From<long>("t", [values.Length], values).ToArray<long>()));

    [Fact]
    public void Floats_survive_bit_by_bit_whatever_they_are()
        => Gen.Float.Array[0, 20].Sample(values => Assert.Equal(
            values.Select(BitConverter.SingleToInt32Bits),
            Tensor.From<float>("t", [values.Length], values).ToArray<float>().Select(BitConverter.SingleToInt32Bits)));

    [Fact]
    public void Texts_survive_the_way_there_and_back()
        => WellFormedText.Array[0, 8].Sample(values => Assert.Equal(values, Tensor.FromStrings("t", [values.Length], values).ToStrings()));

    [Theory]
    [InlineData(new byte[] { }, 1, "cannot hold")]
    [InlineData(new byte[] { 1, 0, 0 }, 1, "cannot hold")]
    [InlineData(new byte[] { 2, 0, 0, 0, 65 }, 1, "says it is 2 bytes long, but 1 are left")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 65, 66, 67, 68 }, 1, "4294967295")]
    [InlineData(new byte[] { 0, 0, 0, 0x80, 65, 66, 67, 68 }, 1, "2147483648")]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0, 0, 0 }, 2, "ends before element 1")]
    [InlineData(new byte[] { 0, 0, 0, 0, 9 }, 1, "after its last element")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0xC3 }, 1, "not UTF-8")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0xED, 0xA0, 0x80 }, 1, "not UTF-8")]
    public void Broken_text_is_refused(byte[] raw, int count, string why)
        => Assert.Contains(
            why, Assert.Throws<ProtocolException>(() => Tensor.FromRaw("t", DataType.Bytes, [count], raw).ToStrings()).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(0)]
    public void Raw_data_of_another_length_is_refused(int length)
        => Assert.Contains(
            "takes 16 bytes", Assert.Throws<ProtocolException>(() => Tensor.FromRaw("t", DataType.Int64, [2], new byte[length])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void No_bytes_whatever_make_anything_but_a_tensor_or_a_sentence()
        => Gen.Select(Gen.Byte.Array[0, 64], Gen.Long[-2, 10].Array[0, 3], Gen.Enum<DataType>()).Sample((raw, shape, type) =>
        {
            try
            {
                var tensor = Tensor.FromRaw("t", type, shape, raw);
                Assert.True(tensor.Count >= 0);
                if (type == DataType.Bytes)
                    tensor.ToStrings();
            }
            catch (ProtocolException exception)
            {
                Assert.Contains("'t'", exception.Message, StringComparison.Ordinal);
            }
        });

    [Fact]
    public void Reading_a_tensor_as_another_type_is_refused()
    {
        var tensor = Tensor.From<float>("x", [1], [1]);
        Assert.Contains(
            "FP32; the model takes INT64", Assert.Throws<ProtocolException>(tensor.ToArray<long>).Message, StringComparison.Ordinal);
        Assert.Throws<ProtocolException>(tensor.ToStrings);
    }

    private static Gen<string> WellFormedText { get; } =
        Gen.Int[0, 0x10FFFF].Where(point => point is < 0xD800 or > 0xDFFF).Array[0, 12]
            .Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));
}
