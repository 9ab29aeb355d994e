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
    [InlineData("""{"shared_memory_region":"a","shared_memory_byte_size":8}""", "no memory is shared")]
    [InlineData("""{"classification":2}""", "rank the numbers")]
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
        await RefusedAsync(tier, "rank the numbers", message =>
            message.Outputs[0].Parameters.Add("classification", new InferParameter { Int64Param = 2 }));
    }

    private static string[] Everywhere(string parameters) =>
    [
        $$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"],"parameters":{{parameters}}}]}""",
        $$"""{"inputs":[{"parameters":{{parameters}},"data":["a"],"datatype":"BYTES","shape":[1],"name":"text"}]}""",
        $$"""{"parameters":{{parameters}},"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""",
        $$"""{"outputs":[{"name":"label","parameters":{{parameters}}}],"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""",
    ];

    private static async Task RefusedAsync(RunningTier tier, string sentence, Action<ModelInferRequest> change)
    {
        var message = Message();
        change(message);
        var refused = await Assert.ThrowsAsync<RpcException>(() => GrpcTests.InferAsync(tier, message));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
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
