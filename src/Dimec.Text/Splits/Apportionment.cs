namespace Dimec.Text.Splits;

/// <summary>
/// Shares a number of samples out among labels by the largest-remainder rule, so that each label is within one sample of its share.
/// </summary>
internal static class Apportionment
{
    /// <summary>Shares out <paramref name="total"/> in proportion to <paramref name="sizes"/>.</summary>
    /// <param name="sizes">How many samples each label has.</param>
    /// <param name="total">How many to share out, no more than there are.</param>
    /// <param name="caps">The most that each label can give; where they bind, the rest goes to the other labels as far as they can.</param>
    /// <param name="minimum">The least that each label gives, as far as its cap allows; <paramref name="total"/> must cover it.</param>
    public static int[] Of(IReadOnlyList<int> sizes, int total, IReadOnlyList<int> caps, int minimum = 0)
    {
        var all = sizes.Sum(s => (long)s);
        var shares = new int[sizes.Count];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Math.Min(caps[i], Math.Max(minimum, (int)(total * (long)sizes[i] / all)));

        var byRemainder = Enumerable.Range(0, shares.Length).OrderByDescending(i => total * (long)sizes[i] % all).ToArray();
        var missing = total - shares.Sum();
        for (var given = true; missing > 0 && given;)
        {
            given = false;
            foreach (var i in byRemainder.Where(i => shares[i] < caps[i]).Take(missing))
            {
                shares[i]++;
                missing--;
                given = true;
            }
        }

        // Minima may have given out more than there is; the largest labels can spare it.
        for (; missing < 0; missing++)
            shares[Array.IndexOf(shares, shares.Max())]--;
        return shares;
    }
}
