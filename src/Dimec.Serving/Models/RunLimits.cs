using Dimec.Inference.Protocol;

namespace Dimec.Serving.Models;

/// <summary>How large a request may be.</summary>
/// <param name="MaxBatch">The most rows.</param>
/// <param name="MaxTokens">The most rows × padded length of a run; a request of tokens is one run, one of texts is cut into several.</param>
internal sealed record RunLimits(int MaxBatch, int MaxTokens)
{
    /// <exception cref="ProtocolException">No rows, or too many.</exception>
    public void CheckRows(long rows)
    {
        if (rows == 0)
            throw new ProtocolException("the batch is empty; send at least one row");
        if (rows > MaxBatch)
            throw new ProtocolException($"the batch has {rows} rows; this tier takes at most {MaxBatch} in a request, so send several");
    }

    /// <summary>Before the request waits, so that what is refused takes no room while it does.</summary>
    /// <exception cref="ProtocolException">More tokens than one run may have.</exception>
    public void CheckTokens(long rows, long length)
    {
        // Both are at most 2^31, or there would be no tensor.
        if (rows * length > MaxTokens)
            throw new ProtocolException($"'{TierNames.InputIds}' is a batch of {rows} × {length} tokens, over the limit of {MaxTokens}; send smaller batches");
    }
}
