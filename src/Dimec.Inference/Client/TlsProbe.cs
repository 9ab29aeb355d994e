using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Dimec.Inference.Client;

/// <summary>
/// Finds out whether what stands at an address speaks TLS, where a call has failed: an address that says one thing of a port that does the
/// other fails in words that name neither.
/// </summary>
internal static class TlsProbe
{
    // RFC 9113, sections 4.1 and 6.5: what a server of HTTP/2 sends first.
    private const int FrameHeader = 9;
    private const byte SettingsFrame = 4;

    /// <summary>What is wrong with the address, and the one to use; null: nothing that can be told.</summary>
    public static async Task<ProtocolMismatch?> MismatchAsync(Uri url, CancellationToken cancellationToken)
    {
        var secure = url.Scheme is "https" or "grpcs";
        if (await SpeaksTlsAsync(url, cancellationToken).ConfigureAwait(false) is not { } speaks || speaks == secure)
            return null;
        // Bytes that are no TLS may come of a broken way; only what answers without it is a server without it.
        if (!speaks && !await SpeaksPlainHttpAsync(url, cancellationToken).ConfigureAwait(false))
            return null;
        var other = url.Scheme switch { "https" => "http", "http" => "https", "grpcs" => "grpc", _ => "grpcs" };
        return new ProtocolMismatch(
            speaks ? "speaks TLS" : "speaks no TLS",
            $"use {other}{url.OriginalString[url.OriginalString.IndexOf(':', StringComparison.Ordinal)..]}");
    }

    /// <summary>Null where it cannot be told: nobody answers, or who answers hangs up.</summary>
    private static async Task<bool?> SpeaksTlsAsync(Uri url, CancellationToken cancellationToken)
    {
        var certified = false;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.DnsSafeHost, url.Port, cancellationToken).ConfigureAwait(false);
            // Nothing is sent after the handshake, and no certificate is taken: to have been shown one is enough.
            var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) =>
            {
                certified = true;
                return false;
            });
            await using (stream.ConfigureAwait(false))
            {
                await stream.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = url.DnsSafeHost }, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (AuthenticationException refused)
        {
            // An alert of the other side comes with a cause; bytes that are no TLS at all come with none.
            return certified || refused.InnerException is not null;
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Whether what is asked without TLS answers in HTTP/1.1, or says at once that it speaks HTTP/2.</summary>
    private static async Task<bool> SpeaksPlainHttpAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.DnsSafeHost, url.Port, cancellationToken).ConfigureAwait(false);
            var stream = client.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: close\r\n\r\n"), cancellationToken)
                .ConfigureAwait(false);
            var head = new byte[FrameHeader];
            var read = await stream.ReadAtLeastAsync(head, FrameHeader, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return read == FrameHeader && (head.AsSpan().StartsWith("HTTP/1."u8) || (head[3] == SettingsFrame && head[8] == 0));
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            return false;
        }
    }
}
