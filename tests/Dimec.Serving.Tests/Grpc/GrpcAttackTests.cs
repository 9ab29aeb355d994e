using System.Net;
using System.Net.Http.Headers;
using Dimec.Serving.Tests.Hosting;
using Grpc.Core;

namespace Dimec.Serving.Tests.Grpc;

/// <summary>
/// Bytes that are no call, and callers that break off: a status that is not the server's failure, and never a trace in the log.
/// </summary>
public class GrpcAttackTests
{
    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF }, null, StatusCode.InvalidArgument, "no message of ModelInfer")]
    [InlineData(new byte[] { 0, 0, 0, 0, 3, 0x0A, 0x01, 0xFF }, null, StatusCode.InvalidArgument, "no message of ModelInfer")]
    [InlineData(new byte[] { 7, 0, 0, 0, 1, 0 }, null, StatusCode.InvalidArgument, "no gRPC message")]
    [InlineData(new byte[] { 0, 0xFF, 0xFF, 0xFF, 0xFF, 0 }, null, StatusCode.ResourceExhausted, "larger than the")]
    [InlineData(new byte[] { 1, 0, 0, 0, 3, 1, 2, 3 }, "gzip", StatusCode.InvalidArgument, "not what its coding 'gzip' says")]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 0x0A }, null, StatusCode.Internal, "Incomplete message")]
    [InlineData(new byte[] { }, null, StatusCode.Internal, "Incomplete message")]
    public async Task Bytes_that_are_no_message_are_the_callers_mistake(byte[] bytes, string? encoding, StatusCode code, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var content = new ByteArrayContent(bytes);
        using var response = await SendAsync(tier, content, encoding);
        Assert.Equal($"{(int)code}", Trailer(response, "grpc-status"));
        Assert.Contains(sentence, Uri.UnescapeDataString(Trailer(response, "grpc-message")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_does_not_repeat_all_that_was_sent()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var message = GrpcTests.Typed();
        message.Inputs[0].Name = new string('ü', 100_000);
        var refused = await Assert.ThrowsAsync<RpcException>(() => GrpcTests.InferAsync(tier, message));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.InRange(refused.Status.Detail.Length, 100, 1001);
    }

    [Fact]
    public async Task A_caller_that_breaks_off_in_the_middle_of_a_message_logs_nothing()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        for (var i = 0; i < 20; i++)
        {
            using var content = new BrokenContent();
            await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(tier, content, null));
        }

        await GrpcTests.InferAsync(tier, GrpcTests.Typed());
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_its_call_runs_logs_nothing()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = () => gate.Wait(TimeSpan.FromSeconds(10)) };
        await using var tier = await RunningTier.StartAsync(backend);
        using var gone = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 4)
            .Select(_ => tier.Grpc.ModelInferAsync(GrpcTests.Typed(), cancellationToken: gone.Token).ResponseAsync)
            .ToList();
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        foreach (var call in calls)
            Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        gate.Set();
        await GrpcTests.InferAsync(tier, GrpcTests.Typed());
    }

    internal static async Task<HttpResponseMessage> SendAsync(
        RunningTier tier, HttpContent content, string? encoding, string method = "ModelInfer")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"http://{tier.Addresses.Grpc.Authority}/inference.GRPCInferenceService/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (encoding is not null)
            request.Headers.Add("grpc-encoding", encoding);
        var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return response;
    }

    /// <summary>Without a message it travels as a header.</summary>
    internal static string Trailer(HttpResponseMessage response, string name)
        => (response.TrailingHeaders.TryGetValues(name, out var values) ? values : response.Headers.GetValues(name)).Single();

    /// <summary>Sends a part of what it announces, and then fails, which resets the stream.</summary>
    private sealed class BrokenContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0, 100, 0, 1, 2, 3 });
            await stream.FlushAsync();
            await Task.Delay(10);
            throw new IOException("gone");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
