namespace Dimec.Reporting;

/// <summary>Up to six bins of correctness, so that a colour and its meaning can be told apart however many epochs there were.</summary>
/// <param name="Epochs">The largest correctness.</param>
internal readonly record struct CorrectnessBins(int Epochs)
{
    public int Count => Math.Min(Epochs + 1, 6);

    public int Of(int correctness)
    {
        var right = Math.Clamp(correctness, 0, Epochs);
        return Epochs < 6 ? right : Math.Min(5, 6 * right / Epochs);
    }

    /// <summary>The correctnesses in a bin: <c>3</c> or <c>2–3</c>.</summary>
    public string Label(int bin)
    {
        var (low, high) = (-1, -1);
        for (var c = 0; c <= Epochs; c++)
        {
            if (Of(c) != bin)
                continue;
            low = low < 0 ? c : low;
            high = c;
        }

        return low == high ? $"{low}" : $"{low}–{high}";
    }
}
