namespace Dimec.Statistics.Bounds;

/// <summary>
/// Losses of samples counted, 0 or 1 each, or signed ones of −1, 0 or 1: all that a bound on their mean looks at. The order of samples says
/// nothing.
/// </summary>
public readonly record struct LossTally
{
    private LossTally(int n, int plus, int minus, bool isSigned) => (N, Plus, Minus, IsSigned) = (n, plus, minus, isSigned);

    /// <summary>The number of samples.</summary>
    public int N { get; }

    /// <summary>How many have a loss of 1.</summary>
    public int Plus { get; }

    /// <summary>How many have a loss of −1.</summary>
    public int Minus { get; }

    /// <summary>Whether a loss can be −1, whether or not one is.</summary>
    public bool IsSigned { get; }

    /// <summary>The mean loss; 0 of no samples.</summary>
    public double Mean => N == 0 ? 0 : (Plus - Minus) / (double)N;

    /// <summary>Losses of 0 and 1.</summary>
    /// <param name="n">The number of samples, 0 or more.</param>
    /// <param name="plus">How many have a loss of 1, at most <paramref name="n"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more of them than samples, or less than none.</exception>
    public static LossTally Of(int n, int plus) => Checked(n, plus, 0, isSigned: false);

    /// <summary>Losses of −1, 0 and 1.</summary>
    /// <param name="n">The number of samples, 0 or more.</param>
    /// <param name="plus">How many have a loss of 1.</param>
    /// <param name="minus">How many have a loss of −1; with the others at most <paramref name="n"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more of them than samples, or less than none.</exception>
    public static LossTally Signed(int n, int plus, int minus) => Checked(n, plus, minus, isSigned: true);

    /// <summary>Losses of more or fewer samples like these, rounded against the mean.</summary>
    internal LossTally Times(double factor, int n)
    {
        var plus = Math.Min(n, (int)Math.Ceiling(Plus * factor));
        return new LossTally(n, plus, Math.Min(n - plus, (int)(Minus * factor)), IsSigned);
    }

    private static LossTally Checked(int n, int plus, int minus, bool isSigned)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plus);
        ArgumentOutOfRangeException.ThrowIfNegative(minus);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plus + minus, n);
        return new LossTally(n, plus, minus, isSigned);
    }
}
