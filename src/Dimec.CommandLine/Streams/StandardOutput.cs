using System.Runtime.InteropServices;

namespace Dimec.CommandLine.Streams;

/// <summary>Writes to an open stream by its number. The console's own class says nothing where a pipe has no reader any more.</summary>
/// <param name="number">The stream's number.</param>
/// <param name="mustArrive">Whether a write that fails is an error; else it is dropped.</param>
internal sealed partial class StandardOutput(int number, bool mustArrive) : Stream
{
    private const int Interrupted = 4;
    private const int BadNumber = 9;
    private const int Again = 11;
    private const int MacAgain = 35;
    private const int BrokenPipe = 32;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var written = Write(number, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error is Again or MacAgain)
                // A stream that somebody else made non-blocking, and whose reader is slow.
                Thread.Sleep(5);
            else if (error != Interrupted && Fail(error))
                return;
        }
    }

    private bool Fail(int error)
    {
        if (!mustArrive)
            return true;
        throw error is BrokenPipe or BadNumber
            ? new OutputClosedException()
            : new IOException($"Standard output cannot be written: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int number, ReadOnlySpan<byte> bytes, nint count);
}
