using Dimec.OpenInference.Grpc.Messages;
using Grpc.Net.Client;

namespace Dimec.OpenInference.Client;

/// <summary>One channel to a server, which may be given up while calls on it are still under way: the last of them closes it.</summary>
internal sealed class GrpcConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly Lock _lock = new();
    private int _calls;
    private bool _givenUp;

    public GrpcConnection(Uri address, OpenInferenceClientOptions options)
    {
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = options.CreateHandler?.Invoke() ?? CreateHandler(address, options),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = options.MaxResponseBytes,
            // A call to a host that is down must say so at once, not wait for the channel's own pause between attempts.
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
            MaxReconnectBackoff = TimeSpan.FromSeconds(1),
        });
        Client = new GRPCInferenceService.GRPCInferenceServiceClient(_channel);
    }

    public GRPCInferenceService.GRPCInferenceServiceClient Client { get; }

    /// <summary>Begins a call, unless the connection is given up.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_givenUp)
                return false;
            _calls++;
            return true;
        }
    }

    /// <summary>Ends a call.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_calls > 0 || !_givenUp)
                return;
        }

        _channel.Dispose();
    }

    /// <summary>Takes no more calls; closes when the last one has ended.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_givenUp)
                return;
            _givenUp = true;
            if (_calls > 0)
                return;
        }

        _channel.Dispose();
    }

    private static SocketsHttpHandler CreateHandler(Uri address, OpenInferenceClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            // A proxy of the plain web does not pass HTTP/2 on; only what is wrapped in TLS gets through one.
            UseProxy = address.Scheme == Uri.UriSchemeHttps && !address.IsLoopback,
        };
        if (options.Tls is { } tls)
            handler.SslOptions = tls;
        return handler;
    }
}
