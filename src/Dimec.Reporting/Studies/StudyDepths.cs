using Dimec.Evaluation.Pools;
using Dimec.Studies.Ablations;
using Dimec.Studies.Measures;
using Dimec.Studies.Promises;
using Dimec.Studies.Seeds;
using Dimec.Studies.Sweeps;

namespace Dimec.Reporting;

/// <summary>A task's seeds at one set of tier depths.</summary>
public sealed record StudyDepths
{
    /// <summary>Every policy over the seeds.</summary>
    public required SeedsDocument Seeds { get; init; }

    /// <summary>The measures that <see cref="Seeds"/> was made of, one a seed.</summary>
    public required IReadOnlyList<RunMeasures> Runs { get; init; }

    /// <summary>Whether exit 0 answers samples of any policy.</summary>
    public bool HasExitZero => Seeds.Policies.Any(row => row.AnsweredAt.ContainsKey(0));

    /// <summary>
    /// The sweeps over cost structures, one a seed, all over the same structures in the same order; empty where none were made.
    /// </summary>
    public IReadOnlyList<SweepDocument> Sweeps { get; init; } = [];

    /// <summary>What every open choice of planning is worth, over the seeds; null where that was not measured.</summary>
    public AblationTable? Ablations { get; init; }

    /// <summary>Pools against tiers, one for each seed in which pools were planned; empty where that was not measured.</summary>
    public IReadOnlyList<PoolTiers> PoolTiers { get; init; } = [];

    /// <summary>Promises redrawn on the runs' recorded exits, one a seed; empty where they were not.</summary>
    public IReadOnlyList<PromiseRedraws> Promises { get; init; } = [];
}
