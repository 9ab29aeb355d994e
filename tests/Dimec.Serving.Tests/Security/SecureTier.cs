using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;

namespace Dimec.Serving.Tests.Security;

/// <summary>Ways to ask a tier with TLS, with a certificate and a key or without.</summary>
internal sealed class SecureTier : IDisposable
{
    private readonly SocketsHttpHandler _rest;
    private readonly SocketsHttpHandler _grpc;
    private readonly GrpcChannel _channel;

    /// <param name="tier">The tier.</param>
    /// <param name="ca">Whom to trust; null: the tier speaks no TLS.</param>
    /// <param name="shown">The client's certificate; null: none is shown.</param>
    public SecureTier(RunningTier tier, X509Certificate2? ca = null, (string Certificate, string Key)? shown = null)
    {
        (_rest, _grpc) = (Handler(ca, shown), Handler(ca, shown));
        Http = new HttpClient(_rest) { BaseAddress = tier.Addresses.Http };
        _channel = GrpcChannel.ForAddress(
            $"{(ca is null ? "http" : "https")}://{tier.Addresses.Grpc.Authority}", new GrpcChannelOptions { HttpHandler = _grpc });
        Grpc = new GRPCInferenceService.GRPCInferenceServiceClient(_channel);
    }

    public HttpClient Http { get; }

    public GRPCInferenceService.GRPCInferenceServiceClient Grpc { get; }

    public GrpcChannel Channel => _channel;

    public static ModelInferRequest Request { get; } = new()
    {
        ModelName = "dimec",
        Inputs =
        {
            new ModelInferRequest.Types.InferInputTensor
            {
                Name = "text",
                Datatype = "BYTES",
                Shape = { 1 },
                Contents = new InferTensorContents { BytesContents = { Google.Protobuf.ByteString.CopyFromUtf8("a") } },
            },
        },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Sends a request of REST.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string? key = null, string? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(path, UriKind.Relative));
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, Stop);
    }

    /// <summary>What comes of a request over gRPC, and over its stream: OK or why not.</summary>
    public async Task<(StatusCode Call, StatusCode Stream)> InferAsync(string? key = null)
    {
        var headers = new Metadata();
        if (key is not null)
            headers.Add("authorization", key);
        var call = await CodeOf(async () => await Grpc.ModelInferAsync(Request, headers, cancellationToken: Stop));
        var stream = await CodeOf(async () =>
        {
            using var open = Grpc.ModelStreamInfer(headers, cancellationToken: Stop);
            // A stream that is refused may end before anything is written to it; the answer says why.
            await Record.ExceptionAsync(async () =>
            {
                await open.RequestStream.WriteAsync(Request, Stop);
                await open.RequestStream.CompleteAsync();
            });
            while (await open.ResponseStream.MoveNext(Stop))
                Assert.Equal("", open.ResponseStream.Current.ErrorMessage);
            return 0;
        });
        return (call, stream);
    }

    public static async Task<StatusCode> CodeOf<T>(Func<Task<T>> ask)
    {
        try
        {
            await ask();
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        _channel.Dispose();
        _rest.Dispose();
        _grpc.Dispose();
    }

    private static SocketsHttpHandler Handler(X509Certificate2? ca, (string Certificate, string Key)? shown)
    {
        var handler = new SocketsHttpHandler();
        if (ca is null)
            return handler;
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { ca },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        if (shown is { } pair)
        {
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(pair.Certificate, pair.Key)];
        }

        return handler;
    }
}
