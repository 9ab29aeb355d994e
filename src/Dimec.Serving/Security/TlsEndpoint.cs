using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Dimec.Serving.Security;

/// <summary>
/// A tier's TLS on one of its ports: 1.2 and 1.3, each connection with the certificate that is there when it begins. That of gRPC answers
/// HTTP/1.1 as well.
/// </summary>
internal static class TlsEndpoint
{
    /// <summary>How long a handshake may take; a connection that says nothing takes a place until then.</summary>
    public static TimeSpan HandshakeTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Puts TLS before what a port speaks.</summary>
    /// <param name="listen">The port, which knows its protocol.</param>
    /// <param name="secrets">The tier's, with a certificate.</param>
    public static void Use(ListenOptions listen, TierSecrets secrets)
    {
        List<SslApplicationProtocol> protocols = [SslApplicationProtocol.Http11];
        if (listen.Protocols == HttpProtocols.Http2)
        {
            // Who names no protocol in the handshake, as who only looks at the certificate, gets HTTP/1.1, and no error in the log.
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            protocols.Insert(0, SslApplicationProtocol.Http2);
        }

        listen.Use(next => connection => WithoutOldAsync(next, connection));
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTimeout,
            OnConnection = context => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = secrets.Certificate,
                ApplicationProtocols = protocols,
#pragma warning disable CA5398 // Nothing older, whatever the system would still speak.
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
                ClientCertificateRequired = secrets.ClientCa is not null,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = (_, shown, chain, _) => Note(context.Connection, shown, chain),
            }),
        });
    }

    /// <summary>
    /// A greeting of TLS before 1.2 is refused, and for that the library finds words that sound like a fault of the tier's.
    /// </summary>
    private static async Task WithoutOldAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        try
        {
            await next(connection);
        }
        catch (NotSupportedException)
        {
            connection.Abort();
        }
    }

    /// <summary>Any is noted, and none is trusted by that: see <see cref="ClientCertificate"/>.</summary>
    private static bool Note(BaseConnectionContext connection, X509Certificate? shown, X509Chain? chain)
    {
        if (shown is not null)
            connection.Items[typeof(ClientCertificate)] = new ClientCertificate(shown, chain?.ChainPolicy.ExtraStore);
        return true;
    }
}
