using Dimec.OpenInference;

namespace Dimec.Serving.Models;

/// <summary>How large a request may be.</summary>
/// <param name="MaxBatch">The most rows.</param>
internal sealed record RequestLimits(int MaxBatch)
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
    /// <exception cref="ProtocolException">No tokens, or more than the bundle was made for.</exception>
    public static void CheckLength(string name, long length, int most)
    {
        if (length < 1 || length > most)
        {
            throw new ProtocolException(
                $"'{name}' has {length} tokens a row; send 1 to {most} tokens, for which this bundle was made");
        }
    }
}
