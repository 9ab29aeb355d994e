using Dimec.Evaluation;
using Dimec.Evaluation.Metrics;
using Dimec.Evaluation.Seeds;
using Dimec.Policies;
using Dimec.Statistics;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>What a task at one set of depths says of the paper's headline and of our goal, by rules that know of no wish.</summary>
internal sealed record StudyVerdict
{
    /// <summary>The name of the paper's policy.</summary>
    public const string Paper = PolicyList.Pools;

    /// <summary>The name of the policy that draws a tier at random, at the shares of the paper's policy.</summary>
    public const string Control = "random";

    /// <summary>Judges.</summary>
    /// <param name="depths">The seeds at one set of depths.</param>
    /// <param name="maxDrop">The drop that plans were allowed on the selection part.</param>
    public StudyVerdict(StudyDepths depths, double maxDrop)
    {
        var (seeds, costs) = (depths.Seeds, depths.Seeds.Costs);
        Depths = depths;
        Cloud = Row(costs.Tiers[^1].Name)!;
        var gold = depths.Runs[0].Gold;
        LargestClass = gold.GroupBy(label => label).Max(group => group.Count()) / (double)gold.Count;
        Matthews = MatthewsOf(Cloud, gold);
        Class = Cloud.Accuracy.Interval.Lower > LargestClass || Matthews is { Interval.Lower: > 0 } ? ClassStanding.Beats
            : Cloud.Accuracy.Interval.Upper < LargestClass ? ClassStanding.Below
            : ClassStanding.NotShown;
        Pools = Row(Paper) is { Planned: > 0 } row ? row : null;
        Claim = Pools is null ? null : StudyClaim.Paper.Of(Pools);
        Gain = Studies.Gain.Of(Pools, Pools?.Beyond, maxDrop);
        Single = costs.Tiers
            .SkipLast(1)
            .Select(tier => Row(tier.Name))
            .OfType<SeedsRow>()
            .OrderBy(StudyClaim.Paper.Of)
            .ThenByDescending(tier => tier.Reduction.Mean)
            .FirstOrDefault();
        SingleClaim = Single is null ? null : StudyClaim.Paper.Of(Single);
        Own = OwnVerdict.Of(seeds.Policies, maxDrop);
        Worth = Pools is null ? null : WorthOfRouting(depths);
        Limit = Math.Max(Pools?.Drop.Mean ?? maxDrop, maxDrop);
        SeedsRow[] contenders = [.. seeds.Policies.Where(policy => policy.Planned > 0
            && PolicyList.Default.KindOf(policy.Policy, costs) == PolicyKind.Contender
            && PolicyList.Default.IsServed(policy.Policy, costs))];
        Contenders = contenders.Length;
        Best = contenders.Where(policy => policy.Drop.Mean <= Limit).MaxBy(policy => policy.Reduction.Mean);

        SeedsRow? Row(string policy) => seeds.Policies.FirstOrDefault(other => other.Policy == policy);
    }

    /// <summary>What was judged.</summary>
    public StudyDepths Depths { get; }

    /// <summary>The cloud alone.</summary>
    public SeedsRow Cloud { get; }

    /// <summary>The share of the largest class of the reported part.</summary>
    public double LargestClass { get; }

    /// <summary>
    /// The cloud's Matthews correlation where that is the task's own measure and there are two classes; null elsewhere.
    /// Its interval is Fisher's, of the correlation of answers and classes.
    /// </summary>
    public Estimate? Matthews { get; }

    /// <summary>
    /// Whether the cloud's accuracy beats that share, or where the task is measured so its Matthews correlation the 0
    /// of always answering one class.
    /// </summary>
    public ClassStanding Class { get; }

    /// <summary>The paper's policy; null where it could be planned in no seed.</summary>
    public SeedsRow? Pools { get; }

    /// <summary>How the paper's headline stands for its policy; null where there is no plan.</summary>
    public ClaimStanding? Claim { get; }

    /// <summary>What the paper's policy saves beyond the best single tier.</summary>
    public GainStanding Gain { get; }

    /// <summary>The best of our own policies; null where there is no plan of any.</summary>
    public OwnVerdict? Own { get; }

    /// <summary>
    /// Accuracy of the paper's policy less that of a random tier at the same shares, on the same samples;
    /// null where there is no such pair in every seed.
    /// </summary>
    public SeedMean? Worth { get; }

    /// <summary>True where the paper's router is shown to choose better than chance at its own shares.</summary>
    public bool IsBetterThanChance => Worth is { Interval.Lower: > 0 };

    /// <summary>
    /// Of the tiers before the cloud, each alone, the one for which the headline stands best; of equals the one that saves most.
    /// </summary>
    public SeedsRow? Single { get; }

    /// <summary>How the headline stands for <see cref="Single"/>.</summary>
    public ClaimStanding? SingleClaim { get; }

    /// <summary>How many contenders that tiers can serve were planned.</summary>
    public int Contenders { get; }

    /// <summary>The drop that <see cref="Best"/> may have: that of the paper's policy, or the allowed one where that is larger.</summary>
    public double Limit { get; }

    /// <summary>The one of them that saves most within that drop.</summary>
    public SeedsRow? Best { get; }

    /// <summary>A verdict for every task and set of depths, in their order.</summary>
    public static IReadOnlyList<StudyVerdict> All(StudyInputs inputs) =>
        [.. inputs.Tasks.SelectMany(task => task.Depths).Select(depths => new StudyVerdict(depths, inputs.MaxDrop))];

    private static Estimate? MatthewsOf(SeedsRow cloud, IReadOnlyList<int> gold)
    {
        const double normal = 1.959963984540054;
        if (cloud.Metrics.Keys.First() != TaskMetrics.Matthews || gold.Distinct().Count() != 2 || gold.Count <= 3)
            return null;
        var (value, error) = (cloud.Metrics[TaskMetrics.Matthews], normal / Math.Sqrt(gold.Count - 3));
        // A correlation of 1 on these samples is none of 1 on all.
        var most = 1 - (1.0 / gold.Count);
        var z = Math.Atanh(Math.Clamp(value, -most, most));
        return new Estimate(value, new Interval(value < -most ? -1 : Math.Tanh(z - error), value > most ? 1 : Math.Tanh(z + error)));
    }

    private static SeedMean? WorthOfRouting(StudyDepths depths)
    {
        var pairs = depths.Runs.Select(run => (Pools: run.Outcomes.FirstOrDefault(policy =>
            policy.Policy == Paper), Random: run.Outcomes.FirstOrDefault(policy => policy.Policy == Control))).ToArray();
        return pairs.All(pair => pair is { Pools: not null, Random: not null })
            ? SeedMean.OfDrop(
                [.. pairs.Select(pair => new SeedSample(pair.Random!.Right, pair.Pools!.Right))], depths.Runs[0].Gold,
                new EvaluationOptions())
            : null;
    }

    /// <summary>True where the headline is met, by the means at least.</summary>
    public static bool IsMet(ClaimStanding? claim) => claim is ClaimStanding.Shown or ClaimStanding.OnAverage;
}
