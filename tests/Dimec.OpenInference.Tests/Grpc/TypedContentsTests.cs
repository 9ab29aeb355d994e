using CsCheck;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Tensors;
using Google.Protobuf;

namespace Dimec.OpenInference.Tests.Grpc;

public class TypedContentsTests
{
    [Fact]
    public void Every_type_lands_in_its_raw_form()
    {
        Assert.Equal([1, 0], Raw(DataType.Bool, 2, new() { BoolContents = { true, false } }));
        Assert.Equal([0x80, 0x7F], Raw(DataType.Int8, 2, new() { IntContents = { -128, 127 } }));
        Assert.Equal([0xFE, 0xFF], Raw(DataType.Int16, 1, new() { IntContents = { -2 } }));
        Assert.Equal([0xFE, 0xFF, 0xFF, 0xFF], Raw(DataType.Int32, 1, new() { IntContents = { -2 } }));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0], Raw(DataType.Int64, 1, new() { Int64Contents = { 1 } }));
        Assert.Equal([255], Raw(DataType.UInt8, 1, new() { UintContents = { 255 } }));
        Assert.Equal([0xFF, 0xFF], Raw(DataType.UInt16, 1, new() { UintContents = { 65535 } }));
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF], Raw(DataType.UInt32, 1, new() { UintContents = { uint.MaxValue } }));
        Assert.Equal([255, 255, 255, 255, 255, 255, 255, 255], Raw(DataType.UInt64, 1, new() { Uint64Contents = { ulong.MaxValue } }));
        Assert.Equal([0, 0, 0x80, 0x3F], Raw(DataType.Float32, 1, new() { Fp32Contents = { 1 } }));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0xF0, 0x3F], Raw(DataType.Float64, 1, new() { Fp64Contents = { 1 } }));
        Assert.Equal([1, 0, 0, 0, 65], Raw(DataType.Bytes, 1, new() { BytesContents = { ByteString.CopyFromUtf8("A") } }));
        Assert.Empty(Raw(DataType.Int64, 0, null));
    }

    [Fact]
    public void Values_in_the_wrong_field_too_few_or_out_of_range_are_refused()
    {
        Refused(DataType.Int64, 1, new() { IntContents = { 1 } }, "int64_contents");
        Refused(DataType.Int64, 1, new() { Int64Contents = { 1 }, Fp32Contents = { 1 } }, "no other field");
        Refused(DataType.Int64, 2, new() { Int64Contents = { 1 } }, "holds 1");
        Refused(DataType.Int64, 1, null, "holds 0");
        Refused(DataType.Int8, 1, new() { IntContents = { 128 } }, "does not fit INT8");
        Refused(DataType.UInt16, 1, new() { UintContents = { 65536 } }, "does not fit UINT16");
        Refused(DataType.Float16, 1, new() { Fp32Contents = { 1 } }, "raw bytes only");
        Refused(DataType.Int64, int.MaxValue, new() { Int64Contents = { 1 } }, "holds 1");
    }

    [Fact]
    public void Raw_and_typed_requests_are_one_and_the_same()
        => Gen.Long.Array[1, 12].Sample(values =>
        {
            var typed = Request(values.Length, new InferTensorContents { Int64Contents = { values } });
            var raw = GrpcCodec.ToMessage(GrpcCodec.ToRequest(typed));
            Assert.Single(raw.RawInputContents);
            Assert.Equal(values, GrpcCodec.ToRequest(raw).Inputs[0].ToArray<long>());
        });

    [Fact]
    public void Mixing_raw_and_typed_is_refused()
    {
        var message = Request(1, new InferTensorContents { Int64Contents = { 1 } });
        message.RawInputContents.Add(ByteString.CopyFrom(new byte[8]));
        Assert.Contains("both", Assert.Throws<ProtocolException>(() => GrpcCodec.ToRequest(message)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_raw_entry_an_input_is_asked_for()
    {
        var message = Request(1, null);
        message.RawInputContents.Add(ByteString.CopyFrom(new byte[8]));
        message.RawInputContents.Add(ByteString.CopyFrom(new byte[8]));
        Assert.Contains(
            "2 entries for 1 inputs", Assert.Throws<ProtocolException>(() => GrpcCodec.ToRequest(message)).Message,
            StringComparison.Ordinal);
    }

    private static byte[] Raw(DataType type, long count, InferTensorContents? contents) =>
        TypedContents.ToRaw("t", type, [count], contents);

    private static void Refused(DataType type, long count, InferTensorContents? contents, string why)
        => Assert.Contains(why, Assert.Throws<ProtocolException>(() => Raw(type, count, contents)).Message, StringComparison.Ordinal);

    private static ModelInferRequest Request(long count, InferTensorContents? contents) => new()
    {
        ModelName = "m",
        Inputs =
        {
            new ModelInferRequest.Types.InferInputTensor { Name = "ids", Datatype = "INT64", Shape = { count }, Contents = contents },
        },
    };
}
