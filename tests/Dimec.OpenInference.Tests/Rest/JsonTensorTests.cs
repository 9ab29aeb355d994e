using System.Text;
using CsCheck;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Tests.Rest;

public class JsonTensorTests
{
    [Theory]
    [InlineData("[1,2,3,4]")]
    [InlineData("[[1,2],[3,4]]")]
    [InlineData(" [ [1 , 2],\n[3,4] ] ")]
    public void Nested_and_flat_are_the_same(string json) =>
        Assert.Equal([1, 2, 3, 4], Parse(DataType.Int64, [2, 2], json).ToArray<long>());

    [Fact]
    public void Text_is_strings() => Assert.Equal(["é", "\n"], Parse(DataType.Bytes, [2, 1], """[["\u00e9"],["\n"]]""").ToStrings());

    [Fact]
    public void Every_type_lands_in_its_raw_form()
    {
        Assert.Equal([1, 0], Parse(DataType.Bool, [2], "[true,false]").Raw.ToArray());
        Assert.Equal([0x80, 0x7F], Parse(DataType.Int8, [2], "[-128,127]").Raw.ToArray());
        Assert.Equal([0xFE, 0xFF], Parse(DataType.Int16, [1], "[-2]").Raw.ToArray());
        Assert.Equal([0xFE, 0xFF, 0xFF, 0xFF], Parse(DataType.Int32, [1], "[-2]").Raw.ToArray());
        Assert.Equal([255], Parse(DataType.UInt8, [1], "[255]").Raw.ToArray());
        Assert.Equal([0xFF, 0xFF], Parse(DataType.UInt16, [1], "[65535]").Raw.ToArray());
        Assert.Equal([1, 0, 0, 0], Parse(DataType.UInt32, [1], "[1]").Raw.ToArray());
        Assert.Equal([255, 255, 255, 255, 255, 255, 255, 255], Parse(DataType.UInt64, [1], "[18446744073709551615]").Raw.ToArray());
        Assert.Equal([0, 0, 0x80, 0x3F], Parse(DataType.Float32, [1], "[1]").Raw.ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 0, 0xF0, 0x3F], Parse(DataType.Float64, [1], "[1e0]").Raw.ToArray());
    }

    [Theory]
    [InlineData("INT64", new long[] { 2 }, "[1]", "its data has 1")]
    [InlineData("INT64", new long[] { 1 }, "[1,2]", "more than the 1")]
    [InlineData("INT64", new long[] { 2, 2 }, "[[1,2,3],[4]]", "an array of 3 where its shape says 2")]
    [InlineData("INT64", new long[] { 2, 2 }, "[[1,2],3,4]", "mixes")]
    [InlineData("INT64", new long[] { 2 }, "[[1],[2]]", "nested deeper")]
    [InlineData("INT64", new long[] { 1 }, "[1.5]", "not a value of INT64")]
    [InlineData("INT64", new long[] { 1 }, "[9223372036854775808]", "not a value of INT64")]
    [InlineData("INT64", new long[] { 1 }, "[\"1\"]", "not a value of INT64")]
    [InlineData("INT64", new long[] { 1 }, "[null]", "not a value of INT64")]
    [InlineData("INT8", new long[] { 1 }, "[128]", "not a value of INT8")]
    [InlineData("UINT8", new long[] { 1 }, "[-1]", "not a value of UINT8")]
    [InlineData("FP32", new long[] { 1 }, "[1e99]", "not a value of FP32")]
    [InlineData("BYTES", new long[] { 1 }, "[1]", "not a value of BYTES")]
    [InlineData("BYTES", new long[] { 1 }, "[\"\\ud800\"]", "not a value of BYTES")]
    [InlineData("BOOL", new long[] { 1 }, "[1]", "not a value of BOOL")]
    [InlineData("FP16", new long[] { 1 }, "[1]", "raw bytes only")]
    [InlineData("INT64", new long[] { 1 }, "{}", "not an array")]
    [InlineData("INT64", new long[] { 2000000000 }, "[1]", "more elements than its data")]
    public void What_does_not_fit_is_refused(string type, long[] shape, string json, string why)
        => Assert.Contains(
            why, Assert.Throws<ProtocolException>(() => Parse(DataTypes.Parse(type), shape, json)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_type_is_refused_with_the_list_of_known_ones()
        => Assert.Contains("BYTES", Assert.Throws<ProtocolException>(() => DataTypes.Parse("STRING")).Message, StringComparison.Ordinal);

    [Fact]
    public void Finite_floats_survive_json_bit_by_bit()
        => Gen.Float.Where(float.IsFinite).Array[1, 12].Sample(values =>
        {
            var response = new InferResponse(
                "m", "1", "", new Dictionary<string, ParameterValue>(), [Tensor.From<float>("x", [values.Length], values)]);
            var (body, headerLength) = RestResponseCodec.Write(response, _ => false);
            Assert.Null(headerLength);
            Assert.Equal(values, RestResponseCodec.Read(body, body.Length).Outputs[0].ToArray<float>());
        });

    private static Tensor Parse(DataType type, long[] shape, string json)
        => Tensor.FromRaw("t", type, shape, JsonTensorReader.ToRaw("t", type, shape, Encoding.UTF8.GetBytes(json)));
}
