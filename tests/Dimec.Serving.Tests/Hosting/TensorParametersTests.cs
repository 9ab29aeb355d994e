using System.Net;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Tests.Grpc;
using Dimec.Serving.Tests.Rest;
using Google.Protobuf;
using Grpc.Core;

namespace Dimec.Serving.Tests.Hosting;

/// <summary>
/// Parameters by which MLServer's clients, among others, say that a tensor's data stands for something else:
/// done, or refused, and never passed over, over either transport.
/// </summary>
public class TensorParametersTests
{
    [Theory]
    [InlineData("""{"content_type":"str"}""")]
    [InlineData("""{"content_type":"np"}""")]
    [InlineData("""{"content_type":"pd"}""")]
    [InlineData("""{"content_type":null}""")]
    [InlineData("""{"content_encoding":"identity","encoding":"utf-8","charset":"UTF-8","headers":{"a":"b"},"more":1}""")]
    public async Task What_changes_nothing_is_taken(string parameters)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        foreach (var json in Everywhere(parameters))
        {
            var (status, body) = await tier.PostAsync("v2/models/dimec/infer", json);
            Assert.True(status == HttpStatusCode.OK, body.GetRawText());
        }
    }

    [Theory]
    [InlineData("""{"content_type":"base64"}""", "content_type 'base64'")]
    [InlineData("""{"content_type":"datetime"}""", "content_type 'datetime'")]
    [InlineData("""{"content_type":"pd_json"}""", "content_type 'pd_json'")]
    [InlineData("""{"content_type":"hg_json"}""", "content_type 'hg_json'")]
    [InlineData("""{"content_type":"hg_conversation"}""", "content_type 'hg_conversation'")]
    [InlineData("""{"content_type":"text/plain"}""", "content_type 'text/plain'")]
    [InlineData("""{"content_type":""}""", "content_type ''")]
    [InlineData("""{"content_type":7}""", "content_type of another kind")]
    [InlineData("""{"content_type":["str"]}""", "content_type of another kind")]
    [InlineData("""{"content-type":"base64"}""", "content-type 'base64'")]
    [InlineData("""{"content_encoding":"gzip"}""", "content_encoding 'gzip'")]
    [InlineData("""{"content-encoding":"base64"}""", "content-encoding 'base64'")]
    [InlineData("""{"encoding":"utf-16"}""", "encoding 'utf-16'")]
    [InlineData("""{"charset":"latin1"}""", "charset 'latin1'")]
    [InlineData("""{"compression":"zlib"}""", "compression 'zlib'")]
    public async Task What_would_be_misread_is_400_wherever_it_stands(string parameters, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        foreach (var json in Everywhere(parameters))
        {
            var (status, body) = await tier.PostAsync("v2/models/dimec/infer", json);
            Assert.True(status == HttpStatusCode.BadRequest, json);
            Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"shared_memory_region":"a","shared_memory_byte_size":8}""")]
    [InlineData("""{"shared_memory_byte_size":8}""")]
    [InlineData("""{"shared_memory_offset":0}""")]
    [InlineData("""{"shared-memory-region":["a"]}""")]
    public async Task Memory_that_is_to_be_shared_is_501_wherever_it_stands(string parameters)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        foreach (var json in Everywhere(parameters))
        {
            var (status, body) = await tier.PostAsync("v2/models/dimec/infer", json);
            Assert.True(status == HttpStatusCode.NotImplemented, json);
            Assert.Contains("no memory is shared with this server; send the data", RestCalls.Error(body), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"sequence_id":42}""")]
    [InlineData("""{"sequence_id":"e333c95a","sequence_start":true,"sequence_end":true}""")]
    [InlineData("""{"sequence_id":18446744073709551615}""")]
    [InlineData("""{"sequence_id":[1]}""")]
    public async Task A_request_of_a_sequence_is_501(string parameters)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync("v2/models/dimec/infer", Everywhere(parameters)[2]);
        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.StartsWith(
            "the request has the parameter 'sequence_id', and this server keeps nothing", RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sequence_id":0,"sequence_start":false,"sequence_end":false}""")]
    [InlineData("""{"sequence_id":"","priority":3,"timeout":500,"anything":{"deep":[1]},"ratio":0.5}""")]
    public async Task What_asks_for_nothing_is_passed_over(string parameters)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        Assert.Equal(HttpStatusCode.OK, (await tier.PostAsync("v2/models/dimec/infer", Everywhere(parameters)[2])).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Classes_are_asked_for_of_an_output_and_nowhere_else(int place)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync("v2/models/dimec/infer", Everywhere("""{"classification":2}""")[place]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("which is one of a requested output", RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_is_no_content_type_of_numbers()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync(
            "v2/models/dimec_edge/infer",
            """{"inputs":[{"parameters":{"content_type":"str"},"name":"input_ids","shape":[1,1],"datatype":"INT64","data":[1]}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("is INT64 and has the content_type 'str'", RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_so_it_is_over_grpc()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var taken = Message();
        taken.Inputs[0].Parameters.Add("content_type", new InferParameter { StringParam = "str" });
        taken.Parameters.Add("content_type", new InferParameter { StringParam = "pd" });
        taken.Outputs[0].Parameters.Add("content_type", new InferParameter { StringParam = "np" });
        await GrpcTests.InferAsync(tier, taken);
        await RefusedAsync(tier, "content_type 'base64'", message =>
            message.Inputs[0].Parameters.Add("content_type", new InferParameter { StringParam = "base64" }));
        await RefusedAsync(tier, "content_type 'pd_json'", message =>
            message.Parameters.Add("content_type", new InferParameter { StringParam = "pd_json" }));
        await RefusedAsync(tier, "content_type 'base64'", message =>
            message.Outputs[0].Parameters.Add("content_type", new InferParameter { StringParam = "base64" }));
        await RefusedAsync(tier, "content_type of another kind", message =>
            message.Inputs[0].Parameters.Add("content_type", new InferParameter { Int64Param = 1 }));
        await RefusedAsync(tier, "no number a class", message =>
            message.Outputs[0].Parameters.Add("classification", new InferParameter { Int64Param = 2 }));
        await RefusedAsync(tier, "no number of classes", message =>
            message.Outputs[0].Parameters.Add("classification", new InferParameter { Int64Param = -1 }));
        await RefusedAsync(tier, "one of a requested output", message =>
            message.Inputs[0].Parameters.Add("classification", new InferParameter { Int64Param = 2 }));
        foreach (var key in new[] { "shared_memory_region", "shared_memory_byte_size", "shared_memory_offset" })
        {
            await RefusedAsync(tier, "no memory is shared", message =>
                message.Inputs[0].Parameters.Add(key, new InferParameter { StringParam = "a" }), StatusCode.Unimplemented);
            await RefusedAsync(tier, "no memory is shared", message =>
                message.Outputs[0].Parameters.Add(key, new InferParameter { Int64Param = 8 }), StatusCode.Unimplemented);
        }

        // As Triton's client sends it: an input in shared memory has no entry among the raw ones.
        await RefusedAsync(tier, "no memory is shared", message =>
        {
            message.Inputs[0].Contents = null;
            message.Inputs[0].Parameters.Add("shared_memory_region", new InferParameter { StringParam = "a" });
            message.Inputs.Add(new ModelInferRequest.Types.InferInputTensor { Name = "text_pair", Datatype = "BYTES", Shape = { 1 } });
            message.RawInputContents.Add(ByteString.CopyFrom(1, 0, 0, 0, 97));
        }, StatusCode.Unimplemented);
        await RefusedAsync(tier, "keeps nothing", message =>
            message.Parameters.Add("sequence_id", new InferParameter { Int64Param = 42 }), StatusCode.Unimplemented);
        await RefusedAsync(tier, "keeps nothing", message =>
            message.Parameters.Add("sequence_id", new InferParameter { Uint64Param = ulong.MaxValue }), StatusCode.Unimplemented);
        taken.Parameters.Add("sequence_id", new InferParameter { Uint64Param = 0 });
        taken.Parameters.Add("sequence_end", new InferParameter { BoolParam = false });
        taken.Parameters.Add("priority", new InferParameter { Uint64Param = 1 });
        await GrpcTests.InferAsync(tier, taken);
    }

    private static string[] Everywhere(string parameters) =>
    [
        $$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"],"parameters":{{parameters}}}]}""",
        $$"""{"inputs":[{"parameters":{{parameters}},"data":["a"],"datatype":"BYTES","shape":[1],"name":"text"}]}""",
        $$"""{"parameters":{{parameters}},"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""",
        $$"""{"outputs":[{"name":"label","parameters":{{parameters}}}],"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""",
    ];

    private static async Task RefusedAsync(
        RunningTier tier, string sentence, Action<ModelInferRequest> change, StatusCode code = StatusCode.InvalidArgument)
    {
        var message = Message();
        change(message);
        var refused = await Assert.ThrowsAsync<RpcException>(() => GrpcTests.InferAsync(tier, message));
        Assert.Equal(code, refused.StatusCode);
        Assert.Contains(sentence, refused.Status.Detail, StringComparison.Ordinal);
    }

    private static ModelInferRequest Message() => new()
    {
        ModelName = "dimec",
        Inputs =
        {
            new ModelInferRequest.Types.InferInputTensor
            {
                Name = "text", Datatype = "BYTES", Shape = { 1 },
                Contents = new InferTensorContents { BytesContents = { ByteString.CopyFromUtf8("a") } },
            },
        },
        Outputs = { new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "label" } },
    };
}
