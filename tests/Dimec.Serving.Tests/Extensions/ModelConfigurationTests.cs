using System.Net;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;

namespace Dimec.Serving.Tests.Extensions;

/// <summary>How a model is set up, as Triton's clients and its load generator read it.</summary>
public class ModelConfigurationTests
{
    [Fact]
    public async Task Rest_says_it_with_numbers_as_numbers_and_every_field()
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Tier.MaxBatch, options.Tier.InstanceCount) = (64, 2));
        var (status, body) = await tier.GetAsync("v2/models/dimec_edge/config");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"name":"dimec_edge","platform":"onnxruntime_onnx","version_policy":{"specific":{"versions":[3]}},"max_batch_size":64,"input":[{"name":"input_ids","data_type":"TYPE_INT64","dims":[-1],"optional":false},{"name":"attention_mask","data_type":"TYPE_INT64","dims":[-1],"optional":false},{"name":"token_type_ids","data_type":"TYPE_INT64","dims":[-1],"optional":false}],"output":[{"name":"logits","data_type":"TYPE_FP32","dims":[2]}],"instance_group":[{"name":"dimec_edge","count":2,"kind":"KIND_CPU"}],"backend":"onnxruntime","model_transaction_policy":{"decoupled":false}}""",
            body.GetRawText());
        Assert.Equal(body.GetRawText(), (await tier.GetAsync("v2/models/dimec_edge/versions/3/config")).Body.GetRawText());
    }

    /// <summary>perf_analyzer takes the first dimension away from the metadata where max_batch_size is above 0.</summary>
    [Theory]
    [InlineData("dimec")]
    [InlineData("dimec_edge")]
    public async Task Its_dimensions_are_those_of_the_metadata_but_for_the_batch(string model)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var metadata = (await tier.GetAsync($"v2/models/{model}")).Body;
        var config = (await tier.GetAsync($"v2/models/{model}/config")).Body;
        Assert.Equal(128, config.GetProperty("max_batch_size").GetInt32());
        foreach (var (many, one) in new[] { ("inputs", "input"), ("outputs", "output") })
        {
            foreach (var (said, set) in metadata.GetProperty(many).EnumerateArray().Zip(config.GetProperty(one).EnumerateArray()))
            {
                Assert.Equal(said.GetProperty("name").GetString(), set.GetProperty("name").GetString());
                Assert.Equal(
                    said.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()),
                    set.GetProperty("dims").EnumerateArray().Select(size => size.GetInt64()).Prepend(-1));
            }
        }
    }

    [Fact]
    public async Task Grpc_says_the_same()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(hasPair: true));
        var config = (await tier.Grpc.ModelConfigAsync(
            new() { Name = "dimec", Version = "3" }, cancellationToken: TestContext.Current.CancellationToken)).Config;
        Assert.Equal(("dimec", "dimec", "dimec", 128), (config.Name, config.Platform, config.Backend, config.MaxBatchSize));
        Assert.Equal(["text", "text_pair"], config.Input.Select(input => input.Name));
        Assert.Equal([3], config.VersionPolicy.Specific.Versions);
        Assert.Equal("TypeString", $"{config.Output[0].DataType}");
        Assert.Equal([2], config.Output[1].Dims);
    }
}
