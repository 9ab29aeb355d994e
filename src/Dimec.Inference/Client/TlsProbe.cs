using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Dimec.Inference.Client;

/// <summary>
/// Finds out whether what stands at an address speaks TLS, where a call has failed: an address that says one thing of a port that does the
/// other fails in words that name neither.
/// </summary>
internal static class TlsProbe
{
    /// <summary>What is wrong with the address, and the one to use; null: nothing that can be told.</summary>
    public static async Task<ProtocolMismatch?> MismatchAsync(Uri url, CancellationToken cancellationToken)
    {
        var secure = url.Scheme is "https" or "grpcs";
        if (await SpeaksTlsAsync(url, cancellationToken).ConfigureAwait(false) is not { } speaks || speaks == secure)
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
}
