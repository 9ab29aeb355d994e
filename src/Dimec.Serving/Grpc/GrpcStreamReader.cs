using System.Buffers;
using System.IO.Pipelines;
using Dimec.OpenInference;
using Dimec.Serving.Admission;
using Dimec.Serving.Models;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Grpc;

/// <summary>
/// Reads the messages of a stream one after the other, each let in, weighed and unpacked as a call's own would be: a stream gets no more
/// room than calls do. Between two of them it may wait for ever; once one has begun, it has the time of a body.
/// </summary>
/// <param name="inner">The stream's bytes.</param>
/// <param name="encoding">How its messages are compressed, where they are.</param>
/// <param name="tier">The tier.</param>
/// <param name="caller">Who asks.</param>
/// <param name="aborted">Cancelled when the caller is gone.</param>
internal sealed class GrpcStreamReader(PipeReader inner, string encoding, TierService tier, Caller caller, CancellationToken aborted)
    : PipeReader, IDisposable
{
    private ReadOnlySequence<byte> _rest;
    private InFlightRequest? _read;
    private bool _isEnded;

    /// <summary>The message that was read last, as one under way; the taker's to dispose.</summary>
    public InFlightRequest Take()
    {
        var read = _read!;
        _read = null;
        return read;
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && !_isEnded)
            await NextAsync(cancellationToken);
        return Result();
    }

    public override bool TryRead(out ReadResult result)
    {
        result = _rest.IsEmpty && !_isEnded ? default : Result();
        return !_rest.IsEmpty || _isEnded;
    }

    public override void AdvanceTo(SequencePosition consumed) => _rest = _rest.Slice(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => AdvanceTo(consumed);

    public override void CancelPendingRead()
    {
        try
        {
            inner.CancelPendingRead();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The caller is gone, and so the read has ended already.
        }
    }

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public void Dispose() => _read?.Dispose();

    private async ValueTask NextAsync(CancellationToken cancellationToken)
    {
        if (!await BeginsAsync(cancellationToken))
        {
            _isEnded = true;
            return;
        }

        // One that was read and is no request has no taker.
        _read?.Dispose();
        _read = tier.InFlight.Begin(caller);
        var message = new GrpcMessage(encoding, _read, tier.MaxBodyBytes, aborted);
        var bytes = await message.ReadAsync(inner, isOnly: false);
        _rest = new ReadOnlySequence<byte>(bytes);
        // The framework waits for the rest of what was cut off, until it hears that there is none.
        _isEnded = !GrpcMessage.IsWhole(bytes);
    }

    /// <summary>Waits until a message begins; false: none does any more.</summary>
    private async ValueTask<bool> BeginsAsync(CancellationToken cancellationToken)
    {
        // Not with a token: a read that it ends leaves a reader that cannot be emptied any more.
        using var stopping = tier.Stopping.Register(CancelPendingRead);
        using var cancelled = cancellationToken.Register(CancelPendingRead);
        try
        {
            while (true)
            {
                var first = await inner.ReadAsync(CancellationToken.None);
                inner.AdvanceTo(first.Buffer.Start);
                cancellationToken.ThrowIfCancellationRequested();
                if (tier.Stopping.IsCancellationRequested)
                {
                    throw GrpcStatuses.Exception(new ProtocolException(
                        ProtocolStatus.Unavailable, "the tier is stopping and takes no more of the stream; open it on another tier"));
                }

                if (!first.Buffer.IsEmpty || first.IsCompleted)
                    return !first.Buffer.IsEmpty;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            throw GrpcMessage.BrokenOff(exception);
        }
    }

    private ReadResult Result() => new(_rest, isCanceled: false, isCompleted: _isEnded);
}
