using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Dimec.OpenInference.Rest;
using Microsoft.AspNetCore.Connections;

namespace Dimec.Serving.Rest;

/// <summary>
/// Gives the server's own refusals the protocol's body: a request line or headers that are no HTTP/1.1 are refused before any of the
/// protocol's code runs, with a status and nothing else.
/// </summary>
internal static class RejectionBody
{
    /// <summary>How such a refusal goes on after its status; no answer of the protocol is without a body.</summary>
    private static ReadOnlySpan<byte> Empty => "\r\nContent-Length: 0\r\nConnection: close\r\n"u8;

    private static ReadOnlySpan<byte> Version => "HTTP/1.1 "u8;

    /// <summary>Puts itself between a connection and what speaks HTTP over it.</summary>
    public static ConnectionDelegate Add(ConnectionDelegate next) => connection =>
    {
        connection.Transport = new Transport(connection.Transport.Input, new Writer(connection.Transport.Output));
        return next(connection);
    };

    /// <summary>The refusal with a body, where these bytes are one without; null: they are something else.</summary>
    internal static byte[]? Replace(ReadOnlySpan<byte> answer)
    {
        if (!answer.StartsWith(Version) || answer.Length < Version.Length + 3
            || !int.TryParse(answer.Slice(Version.Length, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || status < 400)
        {
            return null;
        }

        var end = answer.IndexOf("\r\n"u8);
        if (!answer[end..].StartsWith(Empty))
            return null;
        var body = JsonSerializer.SerializeToUtf8Bytes(new ErrorBody(Sentence(status)), ProtocolJson.Default.ErrorBody);
        return
        [
            .. answer[..end],
            .. Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"\r\nContent-Length: {body.Length}\r\nContent-Type: {RestNames.Json}\r\nConnection: close\r\n")),
            .. answer[(end + Empty.Length)..],
            .. body,
        ];
    }

    private static string Sentence(int status) => status switch
    {
        408 => "the request's line and headers were not here in time; send them again",
        413 => "the request is larger than this tier takes; send fewer rows in a request",
        414 => "the request's address is longer than any of the protocol; see /v2",
        431 => "the request has more, or longer, headers than this tier takes; send fewer",
        505 => "the request's version of HTTP is not spoken here; use HTTP/1.1, or the gRPC side for HTTP/2",
        _ => "the request's line, address or headers are not valid HTTP/1.1 (a NUL or a control character in them, "
            + "a line without its end, no Host); send them as RFC 9112 says",
    };

    private sealed class Transport(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    private sealed class Writer(PipeWriter inner) : PipeWriter
    {
        private Memory<byte> _given;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _given = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            // What is filled but not advanced over has not been written.
            if (Replace(_given.Span[..bytes]) is { } answer)
                inner.Write(answer);
            else
                inner.Advance(bytes);
            _given = _given.IsEmpty ? _given : _given[Math.Min(bytes, _given.Length)..];
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(source, cancellationToken);
    }
}
