namespace Dimec.Export.Targets.Oci;

/// <summary>A layer as the content of an entry of another tar: it is written there when it is copied, and lies nowhere before.</summary>
/// <param name="layer">The layer.</param>
/// <param name="size">Its size.</param>
internal sealed class LayerContent(ImageLayer layer, long size) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => 0;
        set => throw new NotSupportedException();
    }

    public override void CopyTo(Stream destination, int bufferSize) => layer.Write(destination);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
