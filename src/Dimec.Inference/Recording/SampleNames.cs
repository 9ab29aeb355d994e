using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dimec.Inference;

/// <summary>
/// Names for samples that are recorded: their caller's, where it is no text, else a number under a prefix that no other process has. A
/// sample that comes again under the same name, as retries do, is known.
/// </summary>
/// <param name="prefix">The prefix.</param>
internal sealed class SampleNames(string prefix)
{
    /// <summary>How many samples are remembered, the latest.</summary>
    private const int Remembered = 1 << 16;

    private const int Longest = 64;

    private readonly HashSet<(string Id, int Tokens)> _seen = [];
    private readonly Queue<(string Id, int Tokens)> _order = [];
    private long _count;

    /// <summary>A name for a sample that has none, or whose own is taken.</summary>
    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{_count++}");

    /// <summary>The name of a sample, as its caller has it; null: none.</summary>
    /// <param name="sample">The sample.</param>
    public static string? Of(AnsweredSample sample) => sample.Id switch
    {
        null or "" => null,
        // A text has blanks, a name none.
        { Length: <= Longest } id when !id.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) => id,
        var id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..32],
    };

    /// <summary>Whether the same tokens came under the same name before.</summary>
    /// <param name="id">The caller's name.</param>
    /// <param name="row">The tokens.</param>
    public bool IsRepeated(string id, TierRow row)
    {
        var hash = new HashCode();
        // Without what a batch padded.
        for (var i = 0; i < row.Length; i++)
        {
            if (row.Mask.Span[i] != 0)
                hash.Add(row.Ids.Span[i]);
        }

        var key = (id, hash.ToHashCode());
        if (!_seen.Add(key))
            return true;
        _order.Enqueue(key);
        if (_order.Count > Remembered)
            _seen.Remove(_order.Dequeue());
        return false;
    }
}
