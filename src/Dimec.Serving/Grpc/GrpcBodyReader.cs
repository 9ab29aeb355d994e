using System.Buffers;
using System.IO.Pipelines;

namespace Dimec.Serving.Grpc;

/// <summary>Reads a call's one message, whole and unpacked, before the framework sees the first of it.</summary>
internal sealed class GrpcBodyReader(PipeReader inner, GrpcMessage message) : PipeReader
{
    private ReadOnlySequence<byte>? _rest;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        _rest ??= new ReadOnlySequence<byte>(await message.ReadAsync(inner));
        return Result();
    }

    public override bool TryRead(out ReadResult result)
    {
        result = _rest is null ? default : Result();
        return _rest is not null;
    }

    public override void AdvanceTo(SequencePosition consumed)
    {
        var rest = _rest!.Value.Slice(consumed);
        // What is read is let go of: a call may wait for long.
        _rest = rest.IsEmpty ? ReadOnlySequence<byte>.Empty : rest;
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => AdvanceTo(consumed);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private ReadResult Result() => new(_rest!.Value, isCanceled: false, isCompleted: true);
}
