using System.Net;
using System.Text;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Rest;

/// <summary>Callers that lie, break off or flood: an answer of 400 where one can be given, and never a trace in the log.</summary>
public class RestAttackTests
{
    [Theory]
    [InlineData("ffffffffffffffff\r\nx")]
    [InlineData("7fffffffffffffff\r\nx")]
    [InlineData("zz\r\nx")]
    [InlineData("-1\r\nx")]
    [InlineData("5\r\nabcdefgh\r\n0\r\n\r\n")]
    public async Task A_body_of_impossible_chunks_is_400(string chunks)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var answer = await RawHttp.AskAsync(tier, $"{RawHttp.Infer}Transfer-Encoding: chunked\r\n\r\n{chunks}");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 500\r\n\r\n{\"inp")]
    [InlineData("Content-Length: 500\r\nContent-Encoding: gzip\r\n\r\nx")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"inp\r\n")]
    public async Task A_caller_that_resets_the_connection_in_the_middle_of_a_body_logs_nothing(string rest)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        for (var i = 0; i < 20; i++)
        {
            var client = await RawHttp.SendAsync(tier, RawHttp.Infer + rest);
            await Task.Delay(i, TestContext.Current.CancellationToken);
            RawHttp.Reset(client);
        }

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(tier, "[1]", """["a"]""")).Status);
    }

    [Fact]
    public async Task A_caller_that_resets_the_connection_before_or_in_its_answer_logs_nothing()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = () => gate.Wait(TimeSpan.FromSeconds(10)) };
        await using var tier = await RunningTier.StartAsync(backend);
        var json = """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""";
        var first = await RawHttp.SendAsync(tier, $"{RawHttp.Infer}Content-Length: {json.Length}\r\n\r\n{json}");
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        RawHttp.Reset(first);
        gate.Set();
        for (var i = 0; i < 20; i++)
        {
            var client = await RawHttp.SendAsync(tier, $"{RawHttp.Infer}Content-Length: {json.Length}\r\n\r\n{json}");
            await Task.Delay(i % 4, TestContext.Current.CancellationToken);
            RawHttp.Reset(client);
        }

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(tier, "[1]", """["a"]""")).Status);
    }

    [Theory]
    [InlineData("[1]", """[NaN]""")]
    [InlineData("[1]", """["\ud800"]""")]
    [InlineData("[9223372036854775807,9223372036854775807]", """["a"]""")]
    [InlineData("[9223372036854775808]", """["a"]""")]
    [InlineData("[-1]", """["a"]""")]
    [InlineData("[0,-1]", """[]""")]
    [InlineData("[4294967297]", """["a"]""")]
    [InlineData("[1.5]", """["a"]""")]
    [InlineData("[1e0]", """["a"]""")]
    [InlineData("[]", """["a"]""")]
    [InlineData("[1,1,1,1,1,1,1,1,1]", """["a"]""")]
    [InlineData("[2147483647]", """[]""")]
    [InlineData("[1]", """{"a":1}""")]
    [InlineData("[1]", """["a""")]
    [InlineData("[1]", """[["a"],["b"]]""")]
    public async Task Impossible_shapes_and_values_are_400(string shape, string data)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(tier, shape, data)).Status);
    }

    [Fact]
    public async Task Nesting_without_end_is_400()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(tier, "[1]", new string('[', 1_000_000))).Status);
        var (status, _) = await tier.PostAsync("v2/models/dimec/infer", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task Parameters_without_end_are_400()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var parameters = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"p{i}\":\"\""));
        var (status, body) = await tier.PostAsync("v2/models/dimec/infer", "{\"parameters\":{" + parameters + "},\"inputs\":[]}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("more than 64 parameters", RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_does_not_repeat_all_that_was_sent()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync(
            "v2/models/dimec/infer",
            $$"""{"inputs":[{"name":"{{new string('x', 100_000)}}","shape":[1],"datatype":"BYTES","data":["a"]}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.InRange(RestCalls.Error(body).Length, 100, 1001);
    }

    [Theory]
    [InlineData(5, new byte[] { 2, 0, 0, 0, 97 })]
    [InlineData(5, new byte[] { 255, 255, 255, 255, 97 })]
    [InlineData(6, new byte[] { 1, 0, 0, 0, 97 })]
    [InlineData(4, new byte[] { 1, 0, 0, 0, 97 })]
    [InlineData(-1, new byte[] { 1, 0, 0, 0, 97 })]
    [InlineData(long.MaxValue, new byte[] { 1, 0, 0, 0, 97 })]
    public async Task Binary_data_that_lies_about_its_length_is_400(long size, byte[] data)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var json = $$$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":{{{size}}}}}]}""";
        using var response = await tier.PostBinaryAsync(
            "v2/models/dimec/infer", [.. Encoding.UTF8.GetBytes(json), .. data], $"{json.Length}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> PostAsync(RunningTier tier, string shape, string data)
        =>
        tier.PostAsync("v2/models/dimec/infer", $$"""{"inputs":[{"name":"text","shape":{{shape}},"datatype":"BYTES","data":{{data}}}]}""");
}
