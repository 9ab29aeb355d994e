using System.Text;
using CsCheck;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Tests.Rest;

public class RestRequestTests
{
    private const string Json = """
        {"id":"7","parameters":{"dimec_bundle":"ab","priority":3,"ratio":0.5,"list":[true],"none":null,"binary_data_output":true},
         "inputs":[{"data":[1,2],"shape":[1,2],"datatype":"INT64","name":"input_ids"},
                   {"name":"attention_mask","shape":[1,2],"datatype":"INT64","parameters":{"binary_data_size":16}}],
         "outputs":[{"name":"logits","parameters":{"binary_data":false}}],"unknown":{"deep":[[]]}}
        """;

    [Fact]
    public void A_request_of_json_and_binary_is_read_whatever_the_order_of_its_keys()
    {
        var request = Read(Json, new byte[16]);
        Assert.Equal("7", request.Id);
        Assert.Equal(
            [("dimec_bundle", "ab"), ("priority", "3"), ("ratio", "0.5"), ("list", "")],
            request.Parameters.Select(parameter => (parameter.Key, parameter.Value.String)));
        Assert.True(request.BinaryOutput);
        Assert.Equal([1, 2], request.Inputs[0].ToArray<long>());
        Assert.Equal([0, 0], request.Inputs[1].ToArray<long>());
        Assert.Equal(new RequestedOutput("logits", false), Assert.Single(request.Outputs));
    }

    [Fact]
    public void What_the_client_writes_the_server_reads()
        => Gen.Select(Gen.Long.Array[1, 8], Gen.String[Gen.Char.AlphaNumeric, 0, 8]).Sample((ids, id) =>
        {
            var request = new InferRequest(
                "m", [Tensor.From<long>("input_ids", [1, ids.Length], ids), Tensor.FromStrings("text", [1], [id])])
            {
                Version = "1",
                Id = id,
                Parameters = new Dictionary<string, ParameterValue> { ["dimec_bundle"] = "ab" },
                Outputs = [new RequestedOutput("logits")],
            };
            var (body, headerLength) = RestRequestCodec.Write(request);
            var read = RestRequestCodec.Read("m", "1", body, headerLength);
            Assert.Equal(ids, read.Inputs[0].ToArray<long>());
            Assert.Equal([id], read.Inputs[1].ToStrings());
            Assert.Equal(id, read.Id);
            Assert.Equal("ab", read.Parameters["dimec_bundle"].String);
            Assert.Equal(new RequestedOutput("logits", true), Assert.Single(read.Outputs));
        });

    [Theory]
    [InlineData(15, "16 bytes of binary data, but 15")]
    [InlineData(17, "1 bytes of binary data that no input names")]
    public void Binary_data_of_another_length_is_refused(int length, string why)
        => Assert.Contains(why, Assert.Throws<ProtocolException>(() => Read(Json, new byte[length])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}x", "not valid JSON")]
    [InlineData("""{"id":"x"}""", "no 'inputs'")]
    [InlineData("""{"inputs":{}}""", "'inputs' must be a JSON array")]
    [InlineData("""{"inputs":[1]}""", "must be a JSON object")]
    [InlineData("""{"inputs":[{"shape":[1],"datatype":"INT64","data":[1]}]}""", "no 'name'")]
    [InlineData("""{"inputs":[{"name":"a","datatype":"INT64","data":[1]}]}""", "no 'shape'")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1],"data":[1]}]}""", "no 'datatype'")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1],"datatype":"INT64"}]}""", "either 'data'")]
    [InlineData("""{"inputs":[{"name":"a","shape":["1"],"datatype":"INT64","data":[1]}]}""", "array of integers")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1,1,1,1,1,1,1,1,1],"datatype":"INT64","data":[1]}]}""", "more than 8")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1],"datatype":"INT64","parameters":{"binary_data_size":-8}}]}""", "-8 bytes")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1],"datatype":"INT64","parameters":{"binary_data_size":"8"}}]}""", "not an integer")]
    [InlineData("""{"inputs":[],"id":7}""", "'id' must be a string")]
    [InlineData("""{"inputs":[],"id":"\ud800"}""", "half a character")]
    [InlineData("""{"inputs":[],"outputs":[{}]}""", "no 'name'")]
    [InlineData("""{"inputs":[],"parameters":{"binary_data_output":1}}""", "true or false")]
    public void A_body_that_is_no_request_is_refused(string json, string why)
        => Assert.Contains(why, Assert.Throws<ProtocolException>(() => Read(json, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_raw_body_is_one_element_of_text()
        =>
        Assert.Equal(["hello"], RestRequestCodec.FromRawText("dimec", "", "text", Encoding.UTF8.GetBytes("hello")).Inputs[0].ToStrings());

    [Fact]
    public void No_damage_to_a_request_does_more_than_a_sentence()
        => Gen.Select(Gen.Int[0, Json.Length - 1], Gen.Byte, Gen.Int[0, 40]).Sample((at, value, binary) =>
        {
            var json = Encoding.UTF8.GetBytes(Json);
            json[at] = value;
            try
            {
                RestRequestCodec.Read("m", "", (byte[])[.. json, .. new byte[binary]], json.Length);
            }
            catch (ProtocolException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        });

    [Fact]
    public void Deeply_nested_json_is_refused_and_not_followed()
        => Assert.Throws<ProtocolException>(() =>
            Read("""{"inputs":[{"name":"a","shape":[1],"datatype":"INT64","data":""" + new string('[', 100_000), []));

    private static InferRequest Read(string json, byte[] binary)
    {
        var header = Encoding.UTF8.GetBytes(json);
        return RestRequestCodec.Read("m", "", (byte[])[.. header, .. binary], header.Length);
    }
}
