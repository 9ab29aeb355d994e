using System.IO.Pipelines;
using Dimec.Inference.Protocol;

namespace Dimec.Serving.Held;

/// <summary>A request from its first byte to its answer, and the room that its body takes.</summary>
internal sealed class HeldRequest(HeldRequests all) : IDisposable
{
    private long _bytes;

    /// <summary>Cancelled when a stop waits no longer.</summary>
    public CancellationToken GivenUp => all.GivenUp;

    /// <summary>The answer of a request that was given up.</summary>
    public static ProtocolException Stopped
        => new(ProtocolStatus.Unavailable, "the tier is stopping and did not get this request done in time; ask another tier");

    /// <summary>Makes room for a body of so many bytes in all, of which there may be some already.</summary>
    /// <exception cref="ProtocolException">There is none left.</exception>
    public void Hold(long bytes)
    {
        if (bytes <= _bytes)
            return;
        all.Take(bytes - _bytes);
        _bytes = bytes;
    }

    /// <summary>Reads on in the request's body.</summary>
    /// <exception cref="ProtocolException">The request was given up meanwhile.</exception>
    public async ValueTask<ReadResult> ReadAsync(PipeReader body)
    {
        // Not with the token: a read that it ends leaves a reader that cannot be emptied any more.
        using var givenUp = GivenUp.Register(body.CancelPendingRead);
        var result = await body.ReadAsync(CancellationToken.None);
        if (!result.IsCanceled)
            return result;
        body.AdvanceTo(result.Buffer.End);
        throw Stopped;
    }

    public void Dispose() => all.End(_bytes);
}
