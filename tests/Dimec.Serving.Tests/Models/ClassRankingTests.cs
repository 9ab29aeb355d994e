using System.Net;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Models;
using Dimec.Serving.Tests.Grpc;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;

namespace Dimec.Serving.Tests.Models;

/// <summary>Triton's classification: an output's best classes in place of its numbers.</summary>
public class ClassRankingTests
{
    private static readonly string[] s_labels = ["a", "b:c", "d"];

    [Theory]
    [InlineData(1, new[] { "3.5:2:d", "-1E-07:2:d" })]
    [InlineData(2, new[] { "3.5:2:d", "1:0:a", "-1E-07:2:d", "-0.25:0:a" })]
    [InlineData(9, new[] { "3.5:2:d", "1:0:a", "-2:1:b:c", "-1E-07:2:d", "-0.25:0:a", "-0.25:1:b:c" })]
    public void The_largest_come_first_and_of_equals_the_first(long count, string[] expected)
    {
        var ranked = ClassRanking.Of(Tensor.From<float>("logits", [2, 3], [1, -2, 3.5f, -0.25f, -0.25f, -1e-7f]), count, s_labels);
        Assert.Equal(expected, ranked.ToStrings());
        Assert.Equal([2, Math.Min(count, 3)], ranked.Shape);
    }

    [Theory]
    [InlineData("classification\":1", """["20.99:0:sad","2:1:glad"]""", "[2,1]")]
    [InlineData("classification\":2", """["20.99:0:sad","3:1:glad","2:1:glad","1.98:0:sad"]""", "[2,2]")]
    [InlineData("classification\":9223372036854775807", """["20.99:0:sad","3:1:glad","2:1:glad","1.98:0:sad"]""", "[2,2]")]
    [InlineData("classification\":0", "[20.99,3,1.98,2]", "[2,2]")]
    public async Task Rest_gives_the_classes_of_the_logits(string parameter, string data, string shape)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync("v2/models/dimec_edge/infer",
            $$$"""{"inputs":[{"name":"input_ids","shape":[2,3],"datatype":"INT64","data":[101,999,999,101,97,0]},{"name":"attention_mask","shape":[2,3],"datatype":"INT64","data":[1,1,1,1,1,0]}],"outputs":[{"name":"logits","parameters":{"{{{parameter}}}}}]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var output = body.GetProperty("outputs")[0];
        Assert.Equal((data, shape), (output.GetProperty("data").GetRawText(), output.GetProperty("shape").GetRawText()));
    }

    [Fact]
    public async Task Grpc_gives_them_raw_as_bytes_and_the_best_is_the_label()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var answer = GrpcCodec.ToResponse(await GrpcTests.InferAsync(tier, new ModelInferRequest
        {
            ModelName = "dimec",
            Inputs =
            {
                new ModelInferRequest.Types.InferInputTensor
                {
                    Name = "text", Datatype = "BYTES", Shape = { 1 },
                    Contents = new InferTensorContents { BytesContents = { Google.Protobuf.ByteString.CopyFromUtf8("a") } },
                },
            },
            Outputs =
            {
                new ModelInferRequest.Types.InferRequestedOutputTensor
                {
                    Name = "probabilities", Parameters = { ["classification"] = new InferParameter { Int64Param = 1 } },
                },
                new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "label" },
            },
        }));
        var best = Assert.Single(answer.Outputs[0].ToStrings()).Split(':');
        Assert.Equal(("1", "glad"), (best[1], best[2]));
        Assert.Equal(["glad"], answer.Outputs[1].ToStrings());
    }

    [Theory]
    [InlineData("label", "{\"classification\":1}", "no number a class")]
    [InlineData("probabilities", "{\"classification\":-1}", "no number of classes")]
    [InlineData("probabilities", "{\"classification\":1.5}", "no number of classes")]
    [InlineData("probabilities", "{\"classification\":\"1\"}", "no number of classes")]
    [InlineData("probabilities", "{\"classification\":[1]}", "no number of classes")]
    [InlineData("probabilities", "{\"classification\":1,\"shared_memory_region\":\"a\"}", "no memory is shared")]
    public async Task What_has_no_classes_is_refused_before_anything_runs(string output, string parameters, string sentence)
    {
        var backend = new FakeBackend();
        await using var tier = await RunningTier.StartAsync(backend);
        var (_, body) = await tier.PostAsync("v2/models/dimec/infer",
            $$$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}],"outputs":[{"name":"{{{output}}}","parameters":{{{parameters}}}}]}""");
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
        Assert.Equal(0, backend.Runs);
    }

    [Fact]
    public void Only_what_has_a_number_a_class_is_ranked() => Assert.Throws<ProtocolException>(() => ClassRanking.Check(
        new RequestedOutput("hidden_states") { Parameters = new Dictionary<string, ParameterValue> { ["classification"] = 1 } }));
}
