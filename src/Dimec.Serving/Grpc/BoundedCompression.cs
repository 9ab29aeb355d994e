using System.IO.Compression;
using Dimec.Inference.Protocol;
using Grpc.Net.Compression;

namespace Dimec.Serving.Grpc;

/// <summary>A compression whose messages cannot grow beyond the largest body: the framework's own has no limit to what comes out of it.</summary>
internal sealed class BoundedCompression(ICompressionProvider inner, int maxBytes) : ICompressionProvider
{
    public string EncodingName => inner.EncodingName;

    /// <summary>The framework's compressions, each with its limit.</summary>
    public static IList<ICompressionProvider> All(int maxBytes) =>
    [
        new BoundedCompression(new GzipCompressionProvider(CompressionLevel.Fastest), maxBytes),
        new BoundedCompression(new DeflateCompressionProvider(CompressionLevel.Fastest), maxBytes),
    ];

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => inner.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream) => new Bounded(inner.CreateDecompressionStream(stream), maxBytes);

    private sealed class Bounded(Stream inner, int maxBytes) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            try
            {
                var read = inner.Read(buffer);
                return (_read += read) <= maxBytes ? read : throw GrpcStatuses.Exception(GrpcBodyReader.TooLarge(maxBytes));
            }
            catch (InvalidDataException)
            {
                throw GrpcStatuses.Exception(ProtocolStatus.Invalid, "the message is not compressed as its grpc-encoding says");
            }
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
