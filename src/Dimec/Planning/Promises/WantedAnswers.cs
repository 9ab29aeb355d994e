namespace Dimec.Planning.Promises;

/// <summary>By what plans are told apart before the claims themselves are looked at: how many of these answers they give.</summary>
internal static class WantedAnswers
{
    /// <summary>No class.</summary>
    private const int NoAnswer = -1;

    /// <summary>By sample, the answer that does not lose; no answer where none can.</summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<PromiseClaim> claims, IReadOnlyList<int> reference, IReadOnlyList<int> gold) =>
        claims[0].Loss switch
        {
            PromiseLoss.Differs => reference,
            PromiseLoss.Lost => [.. gold.Select((label, sample) => reference[sample] == label ? label : NoAnswer)],
            _ => gold,
        };
}
