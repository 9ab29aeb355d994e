using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Tensors;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Dimec.OpenInference.Tests.Client;

/// <summary>What can go wrong is a value that says what it was, over both transports.</summary>
public class FailureTests
{
    private const string Error = """{"error":"no"}""";

    private static readonly InferRequest s_request = new("m", [Tensor.From<float>("x", [1, 2], [1, 2])]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("400 Bad Request", Error, OpenInferenceFailureReason.InvalidArgument)]
    [InlineData("422 Unprocessable Content", "", OpenInferenceFailureReason.InvalidArgument)]
    [InlineData("401 Unauthorized", "", OpenInferenceFailureReason.Unauthorized)]
    [InlineData("403 Forbidden", Error, OpenInferenceFailureReason.Unauthorized)]
    [InlineData("404 Not Found", Error, OpenInferenceFailureReason.NotFound)]
    [InlineData("408 Request Timeout", Error, OpenInferenceFailureReason.DeadlineExceeded)]
    [InlineData("429 Too Many Requests", Error, OpenInferenceFailureReason.Overloaded)]
    [InlineData("500 Internal Server Error", "<html>", OpenInferenceFailureReason.ServerError)]
    [InlineData("501 Not Implemented", Error, OpenInferenceFailureReason.Unsupported)]
    [InlineData("502 Bad Gateway", "", OpenInferenceFailureReason.Unavailable)]
    [InlineData("503 Service Unavailable", Error, OpenInferenceFailureReason.Unavailable)]
    [InlineData("504 Gateway Timeout", "", OpenInferenceFailureReason.DeadlineExceeded)]
    [InlineData("302 Found", "", OpenInferenceFailureReason.ProtocolMismatch)]
    [InlineData("204 No Content", "", OpenInferenceFailureReason.ProtocolMismatch)]
    public async Task A_status_of_HTTP_has_its_reason(string status, string body, OpenInferenceFailureReason reason)
    {
        var failure = await FailAsync(RawServer.Http(status, body));
        Assert.Equal(
            (reason, (HttpStatusCode)int.Parse(status.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture)),
            (failure.Reason, failure.HttpStatus));
        Assert.Equal(body == Error ? "no" : null, failure.ServerMessage);
        Assert.Equal(body == Error ? "no" : $"it answered with HTTP status {status[..3]}", failure.Message);
    }

    [Theory]
    [InlineData("200 OK", OpenInferenceFailureReason.InvalidResponse)]
    [InlineData("404 Not Found", OpenInferenceFailureReason.NotFound)]
    public async Task Half_a_character_in_an_answer_is_a_failure_like_any_other(string status, OpenInferenceFailureReason reason)
    {
        const string Half = """{"name":"\ud800","error":"\udc00","\ud800":false}""";
        await using var server = new RawServer(RawServer.Http(status, Half));
        using var client = new OpenInferenceClient(new Uri($"http://127.0.0.1:{server.Port}"));
        Assert.Equal(reason, (await client.GetServerMetadataAsync(Stop)).Failure?.Reason);
        Assert.Equal(status == "200 OK", (await client.IsServerLiveAsync(Stop)).IsSuccess);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, OpenInferenceFailureReason.InvalidArgument)]
    [InlineData(StatusCode.OutOfRange, OpenInferenceFailureReason.InvalidArgument)]
    [InlineData(StatusCode.FailedPrecondition, OpenInferenceFailureReason.FailedPrecondition)]
    [InlineData(StatusCode.NotFound, OpenInferenceFailureReason.NotFound)]
    [InlineData(StatusCode.Unauthenticated, OpenInferenceFailureReason.Unauthorized)]
    [InlineData(StatusCode.PermissionDenied, OpenInferenceFailureReason.Unauthorized)]
    [InlineData(StatusCode.ResourceExhausted, OpenInferenceFailureReason.Overloaded)]
    [InlineData(StatusCode.Unavailable, OpenInferenceFailureReason.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded, OpenInferenceFailureReason.DeadlineExceeded)]
    [InlineData(StatusCode.Unimplemented, OpenInferenceFailureReason.Unsupported)]
    [InlineData(StatusCode.Internal, OpenInferenceFailureReason.ServerError)]
    [InlineData(StatusCode.Unknown, OpenInferenceFailureReason.ServerError)]
    [InlineData(StatusCode.DataLoss, OpenInferenceFailureReason.ServerError)]
    public async Task A_status_of_gRPC_has_its_reason(StatusCode status, OpenInferenceFailureReason reason)
    {
        await using var server = await GrpcAnswers.StartAsync(_ => throw new RpcException(new Status(status, "no")));
        var failure = await FailAsync(server.Address);
        Assert.Equal((reason, status, "no", "no"), (failure.Reason, failure.GrpcStatus, failure.Message, failure.ServerMessage));
    }

    [Theory]
    [InlineData("<html>", "", "not valid JSON")]
    [InlineData("[]", "", "must be a JSON object")]
    [InlineData("""{"model_name":"m","outputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2]}]}""", "", "which is 3 elements")]
    [InlineData("""{"model_name":"m","outputs":[{"name":"x","shape":[-1,2],"datatype":"FP32","data":[1,2]}]}""", "", "cannot be negative")]
    [InlineData("""{"model_name":"m","outputs":[{"name":"x","shape":[2],"datatype":"FP32","data":[1,"2"]}]}""", "", "not a value of FP32")]
    [InlineData("""{"model_name":"m","outputs":[{"name":"x","shape":[2],"datatype":"FP32","data":[1,NaN]}]}""", "", "not valid JSON")]
    [InlineData("""{"model_name":"m","outputs":[{"name":"x","shape":[2],"datatype":"COMPLEX","data":[1,2]}]}""", "", "COMPLEX")]
    [InlineData(
        """{"model_name":"m","outputs":[{"name":"x","shape":[4294967296,4294967296],"datatype":"FP32","data":[]}]}""", "", "more than")]
    [InlineData(
        """{"model_name":"m","outputs":[{"name":"x","shape":[2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}""", "",
        "8 bytes of binary data, but 0")]
    [InlineData("""{"model_name":"m","outputs":"none"}""", "", "must be a JSON array")]
    [InlineData("{}", "Inference-Header-Content-Length: 3\r\n", "Inference-Header-Content-Length")]
    [InlineData("{}", "Inference-Header-Content-Length: -1\r\n", "Inference-Header-Content-Length")]
    public async Task An_answer_that_is_none_is_invalid(string body, string headers, string words)
    {
        var failure = await FailAsync(RawServer.Http("200 OK", body, headers));
        Assert.Equal(OpenInferenceFailureReason.InvalidResponse, failure.Reason);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"model_name\":", OpenInferenceFailureReason.Unreachable)]
    [InlineData("", OpenInferenceFailureReason.Unreachable)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", OpenInferenceFailureReason.ProtocolMismatch)]
    public async Task Who_breaks_off_or_speaks_no_HTTP_is_told_apart(string reply, OpenInferenceFailureReason reason)
        => Assert.Equal(reason, (await FailAsync(reply)).Reason);

    public static TheoryData<string, ModelInferResponse> WrongMessages => new()
    {
        { "which takes 12 bytes, but came with 8", Message([1, 3], new byte[8]) },
        { "cannot be negative", Message([-1, 2], new byte[8]) },
        { "raw_output_contents has 2 entries for 1 outputs", Message([2], new byte[8], new byte[8]) },
        { "holds 1", Typed([2], new InferTensorContents { Fp32Contents = { 1 } }) },
        { "belong into fp32_contents", Typed([1], new InferTensorContents { IntContents = { 1 } }) },
    };

    [Theory]
    [MemberData(nameof(WrongMessages), DisableDiscoveryEnumeration = true)]
    public async Task A_message_that_is_none_is_invalid(string words, ModelInferResponse message)
    {
        await using var server = await GrpcAnswers.StartAsync(_ => Task.FromResult(message));
        var failure = await FailAsync(server.Address);
        Assert.Equal(OpenInferenceFailureReason.InvalidResponse, failure.Reason);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_message_are_invalid_and_a_page_is_no_gRPC()
    {
        await using var garbage = await GrpcAnswers.StartAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF });
            context.Response.AppendTrailer("grpc-status", "0");
        });
        Assert.Equal(OpenInferenceFailureReason.InvalidResponse, (await FailAsync(garbage.Address)).Reason);

        await using var page = await GrpcAnswers.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<html>");
        });
        Assert.Equal(OpenInferenceFailureReason.ProtocolMismatch, (await FailAsync(page.Address)).Reason);

        await using var missing = await GrpcAnswers.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        Assert.Equal(OpenInferenceFailureReason.ProtocolMismatch, (await FailAsync(missing.Address)).Reason);
    }

    [Fact]
    public async Task A_call_that_is_broken_off_is_unreachable()
    {
        await using var server = await GrpcAnswers.StartAsync(call =>
        {
            call.GetHttpContext().Abort();
            return Task.FromResult(new ModelInferResponse());
        });
        Assert.Equal(OpenInferenceFailureReason.Unreachable, (await FailAsync(server.Address)).Reason);
    }

    [Fact]
    public async Task A_server_of_HTTP_1_is_no_server_of_gRPC()
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new OpenInferenceClient(new Uri($"grpc://{server.Rest.Authority}"));
        Assert.Equal(OpenInferenceFailureReason.ProtocolMismatch, (await client.GetServerMetadataAsync(Stop)).Failure?.Reason);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task Nobody_there_is_unreachable(string scheme)
    {
        var failure = await FailAsync(new Uri($"{scheme}://127.0.0.1:{ClosedPorts.Take()}"));
        Assert.Equal(OpenInferenceFailureReason.Unreachable, failure.Reason);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task Who_does_not_answer_in_time_is_a_value_and_a_cancelled_call_throws(string scheme)
    {
        await using var silent = new RawServer(null);
        var address = new Uri($"{scheme}://127.0.0.1:{silent.Port}");
        var failure = await FailAsync(
            address, new OpenInferenceClientOptions { Timeout = TimeSpan.FromSeconds(0.5), BinaryData = BinaryData.Always });
        Assert.Equal((OpenInferenceFailureReason.DeadlineExceeded, "it did not answer within 0.5 s"), (failure.Reason, failure.Message));

        await using var other = new RawServer(null);
        using var client = new OpenInferenceClient(new Uri($"{scheme}://127.0.0.1:{other.Port}"));
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.InferAsync(s_request, cancel.Token));
        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.IsServerLiveAsync(cancel.Token));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task An_answer_beyond_the_limit_is_not_read(string transport)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new OpenInferenceClient(
            transport == "grpc" ? server.Grpc : server.Rest, new OpenInferenceClientOptions { MaxResponseBytes = 4096 });
        Assert.True((await client.InferAsync(new InferRequest("echo", [Tensor.From<byte>("x", [2000], new byte[2000])]), Stop)).IsSuccess);
        var result = await client.InferAsync(new InferRequest("echo", [Tensor.From<byte>("x", [8000], new byte[8000])]), Stop);
        Assert.Equal(OpenInferenceFailureReason.InvalidResponse, result.Failure?.Reason);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_certificate_is_trusted_where_the_options_say_so(string transport)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var server = await EchoServer.StartAsync(certificate: certificate);
        var address = transport == "grpc" ? server.Grpc : server.Rest;
        var hash = certificate.GetCertHashString();

        Assert.Equal(OpenInferenceFailureReason.Unreachable, (await FailAsync(address)).Reason);
        using var client = new OpenInferenceClient(address, new OpenInferenceClientOptions
        {
            Tls = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == hash },
        });
        Assert.True(RoundTripTests.Value(await client.IsServerLiveAsync(Stop)));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_handler_of_ones_own_sends_the_requests(string transport)
    {
        await using var server = await EchoServer.StartAsync();
        var sent = 0;
        using var client = new OpenInferenceClient(transport == "grpc" ? server.Grpc : server.Rest, new OpenInferenceClientOptions
        {
            CreateHandler = () => new Counting(() => sent++) { InnerHandler = new SocketsHttpHandler() },
        });
        Assert.True(RoundTripTests.Value(await client.IsServerLiveAsync(Stop)));
        client.Reconnect();
        Assert.True(RoundTripTests.Value(await client.IsServerLiveAsync(Stop)));
        Assert.Equal(2, sent);
    }

    /// <summary>What the library lets through where a peer hangs up in the moment in which it has taken the connection.</summary>
    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_fault_of_the_socket_alone_is_a_server_that_cannot_be_reached(string transport)
    {
        using var client = new OpenInferenceClient(new Uri($"{transport}://127.0.0.1:1"), new OpenInferenceClientOptions
        {
            CreateHandler = () => new Counting(() => throw new SocketException((int)SocketError.NotConnected)),
        });
        Assert.Equal(OpenInferenceFailureReason.Unreachable, (await client.InferAsync(s_request, Stop)).Failure!.Reason);
        Assert.Equal(OpenInferenceFailureReason.Unreachable, (await client.GetServerMetadataAsync(Stop)).Failure!.Reason);
    }

    [Fact]
    public async Task What_JSON_cannot_say_is_not_sent()
    {
        using var client = new OpenInferenceClient(
            new Uri("http://127.0.0.1:1"), new OpenInferenceClientOptions { BinaryData = BinaryData.Never });
        foreach (var tensor in new[]
        {
            Tensor.From<Half>("x", [1], [Half.One]), Tensor.From<float>("x", [1], [float.NaN]),
            Tensor.FromBytes("x", [1], [new byte[] { 0xFF }]), })
        {
            var failure = (await client.InferAsync(new InferRequest("m", [tensor]), Stop)).Failure!;
            Assert.Equal(OpenInferenceFailureReason.InvalidArgument, failure.Reason);
            Assert.StartsWith("it was not asked: ", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ftp://h:1", "is not an address of a server")]
    [InlineData("grpc://host", "names no port")]
    [InlineData("grpc://h:1/path", "has a path, which gRPC does not know")]
    [InlineData("http://me:secret@h:1", "has more than a host, a port and a path")]
    public void An_address_that_cannot_be_used_is_refused(string address, string words)
        => Assert.Contains(
            words, Assert.Throws<ArgumentException>(() => new OpenInferenceClient(new Uri(address))).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_wrong_option_is_reported_at_once()
    {
        var options = new OpenInferenceClientOptions
        {
            Timeout = TimeSpan.Zero,
            ConnectTimeout = TimeSpan.FromDays(100),
            MaxResponseBytes = 0,
            BinaryData = (BinaryData)9,
            Headers = new Dictionary<string, string> { ["a b"] = "c", ["x"] = "a\nb", ["Authorization"] = "Basic x" },
            Authorization = () => null,
            Tls = new(),
            CreateHandler = () => new SocketsHttpHandler(),
        };
        var message = Assert.Throws<ArgumentException>(() => new OpenInferenceClient(new Uri("http://h:1"), options)).Message;
        Assert.All(
            [
                "Timeout is 00:00:00",
                "ConnectTimeout is",
                "MaxResponseBytes is 0",
                "BinaryData is 9",
                "'a b'",
                "'x'",
                "Authorization and Headers",
                "Tls and CreateHandler",
            ],
            words => Assert.Contains(words, message, StringComparison.Ordinal));
    }

    private static async Task<OpenInferenceFailure> FailAsync(string reply)
    {
        await using var server = new RawServer(reply);
        return await FailAsync(new Uri($"http://127.0.0.1:{server.Port}"));
    }

    private static async Task<OpenInferenceFailure> FailAsync(Uri address, OpenInferenceClientOptions? options = null)
    {
        using var client = new OpenInferenceClient(address, options ?? new OpenInferenceClientOptions { BinaryData = BinaryData.Always });
        var result = await client.InferAsync(s_request, Stop);
        Assert.False(result.IsSuccess);
        Assert.Null(result.Value);
        return result.Failure;
    }

    private static ModelInferResponse Message(long[] shape, params byte[][] raw) => new()
    {
        ModelName = "m",
        Outputs = { new ModelInferResponse.Types.InferOutputTensor { Name = "x", Datatype = "FP32", Shape = { shape } } },
        RawOutputContents = { raw.Select(bytes => ByteString.CopyFrom(bytes)) },
    };

    private static ModelInferResponse Typed(long[] shape, InferTensorContents contents) => new()
    {
        ModelName = "m",
        Outputs =
        {
            new ModelInferResponse.Types.InferOutputTensor { Name = "x", Datatype = "FP32", Shape = { shape }, Contents = contents },
        },
    };

    private sealed class Counting(Action count) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            count();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
