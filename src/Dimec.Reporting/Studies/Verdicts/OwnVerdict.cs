using Dimec.Policies;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>
/// What the best of our own policies comes to in a case: of those that look at exit 0 before a layer runs, and that tiers serve.
/// </summary>
internal sealed record OwnVerdict
{
    private OwnVerdict(SeedsRow row, SeedsRow cloud, SeedsRow? ngram, double maxDrop)
    {
        (Row, Cloud, Ngram) = (row, cloud, ngram);
        Goal = StudyClaim.Goal.Of(row);
        Gain = Studies.Gain.Of(row, row.Beyond, maxDrop);
        PhoneGain = row.BeyondPhoneCloud is { } beyond ? Studies.Gain.Of(row, beyond, maxDrop) : null;
    }

    /// <summary>The policies.</summary>
    public static IReadOnlyList<string> Policies { get; } = [PolicyList.Ladder, PolicyList.Hybrid];

    /// <summary>
    /// The one that saves most among those that keep the goal's drop on average; where none does, the one that loses least. It is named
    /// after the fact.
    /// </summary>
    public SeedsRow Row { get; }

    /// <summary>The stacked cloud.</summary>
    public SeedsRow Cloud { get; }

    /// <summary>Exit 0 alone; null where it was not measured.</summary>
    public SeedsRow? Ngram { get; }

    /// <summary>How our goal stands for it.</summary>
    public ClaimStanding Goal { get; }

    /// <summary>What it saves beyond the best single tier, exit 0 alone and the stacked cloud among them.</summary>
    public GainStanding Gain { get; }

    /// <summary>What it saves beyond phone → cloud; null where that was not measured.</summary>
    public GainStanding? PhoneGain { get; }

    /// <summary>Judges; null where none of them could be planned in any seed, or a seed has no stacked cloud.</summary>
    /// <param name="policies">Every policy of the case.</param>
    /// <param name="maxDrop">The drop that plans were allowed on the selection part.</param>
    public static OwnVerdict? Of(IReadOnlyList<SeedsRow> policies, double maxDrop)
    {
        SeedsRow[] own = [.. policies.Where(row => row is { Planned: > 0, StackedDrop: not null } && Policies.Contains(row.Policy))];
        if (own.Length == 0)
            return null;
        var best = own.Where(StudyClaim.Goal.Keeps).MaxBy(row => row.Reduction.Mean) ?? own.MinBy(row => row.StackedDrop!.Mean)!;
        return new OwnVerdict(best, Row(PolicyList.StackedCloud)!, Row(PolicyList.Ngram), maxDrop);

        SeedsRow? Row(string policy) => policies.FirstOrDefault(row => row.Policy == policy);
    }
}
