using System.Net;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Rest;

public class RestMetadataTests
{
    [Fact]
    public async Task The_server_names_itself_its_version_and_its_extensions()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.GetAsync("v2");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"name":"dimec","version":"0.1.0","extensions":["binary_tensor_data","classification","model_configuration","model_repository","statistics"]}""",
            body.GetRawText());
    }

    [Theory]
    [InlineData("v2/health/live", """{"live":true,"ready":true}""")]
    [InlineData("v2/health/ready", """{"live":true,"ready":true}""")]
    [InlineData("v2/models/dimec/ready", """{"name":"dimec","ready":true}""")]
    [InlineData("v2/models/dimec_edge/versions/3/ready", """{"name":"dimec_edge","ready":true}""")]
    public async Task Health_is_what_every_client_reads(string path, string expected)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, expected), (status, body.GetRawText()));
    }

    [Fact]
    public async Task The_text_model_says_what_it_takes_and_gives()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(hasPair: true));
        var (_, body) = await tier.GetAsync("v2/models/dimec");
        Assert.Equal(
            """{"name":"dimec","versions":["3"],"platform":"dimec","inputs":[{"name":"text","datatype":"BYTES","shape":[-1,1]},{"name":"text_pair","datatype":"BYTES","shape":[-1,1]}],"outputs":[{"name":"label","datatype":"BYTES","shape":[-1,1]},{"name":"probabilities","datatype":"FP32","shape":[-1,2]}]}""",
            body.GetRawText());
    }

    [Fact]
    public async Task The_token_model_says_what_it_takes_and_gives()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (_, body) = await tier.GetAsync("v2/models/dimec_edge/versions/3");
        Assert.Equal(
            """{"name":"dimec_edge","versions":["3"],"platform":"onnxruntime_onnx","inputs":[{"name":"input_ids","datatype":"INT64","shape":[-1,-1]},{"name":"attention_mask","datatype":"INT64","shape":[-1,-1]},{"name":"token_type_ids","datatype":"INT64","shape":[-1,-1]}],"outputs":[{"name":"logits","datatype":"FP32","shape":[-1,2]}]}""",
            body.GetRawText());
    }

    [Theory]
    [InlineData("v2/models/nothing", "'nothing'")]
    [InlineData("v2/models/nothing/ready", "'nothing'")]
    [InlineData("v2/models/dimec/versions/4", "version '4'")]
    [InlineData("v2/models/dimec/versions/4/ready", "version '4'")]
    [InlineData("v2/models", "not part of the protocol")]
    [InlineData("v2/models/nothing/config", "'nothing'")]
    [InlineData("v2/models/dimec/versions/4/config", "version '4'")]
    [InlineData("v2/models/nothing/stats", "'nothing'")]
    [InlineData("v2/models/dimec/versions/4/stats", "version '4'")]
    [InlineData("v2/models/nothing/trace/setting", "'nothing'")]
    [InlineData("v2/systemsharedmemory/region/a/status", "no such region")]
    public async Task What_is_not_there_is_404_with_a_sentence(string path, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
    }
}
