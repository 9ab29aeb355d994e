using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Files;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Runs.Parts;

namespace Dimec.Runs.Maps;

/// <summary>
/// Puts a run's samples on the data map. Where there are dynamics they are what counts: they are read, unless <c>dimec map</c> has read
/// the same ones. Ready-made metrics stand in for them where there are none.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="parts">Remembers what was read.</param>
public sealed class RunMetrics(RunFolder run, RunParts parts)
{
    /// <summary>The training samples, as pools need them.</summary>
    /// <returns>Null where the run has neither dynamics nor metrics.</returns>
    /// <exception cref="InputException">The choice asks for dynamics that the run lacks, or a file is malformed.</exception>
    public PoolMetrics? Training(MetricsChoice choice, CostStructure costs)
    {
        var dynamics = PartDynamics.OfTraining(run);
        if (dynamics.Exist)
            return Samples(dynamics, choice, costs);
        if (!File.Exists(run.Metrics))
            return null;
        RequireNoChoice(choice);
        return Samples(ReadyMade());
    }

    /// <summary>The selection samples, as routing by membership needs them.</summary>
    /// <exception cref="InputException">The run lacks their dynamics, or a file is malformed.</exception>
    public PoolMetrics Selection(MetricsChoice choice, CostStructure costs)
    {
        var dynamics = PartDynamics.OfSelection(run);
        return dynamics.Exist
            ? Samples(dynamics, choice, costs)
            : throw new InputException(
                $"{OptionNames.Of<FittingOptions>(nameof(FittingOptions.Routing))} membership",
                $"needs the selection samples' dynamics, and {run.DynamicsOf(PartNames.Selection)} holds none",
                $"train with {OptionNames.Of(TrainingOption.SelectionDynamics)}, or route by centroids");
    }

    /// <summary>The data map of the training samples by one exit (the last, where each tier has its own).</summary>
    /// <returns>Null where the run has neither dynamics nor metrics.</returns>
    public ExitMetrics? OneExit(MetricsChoice choice)
    {
        var dynamics = PartDynamics.OfTraining(run);
        return dynamics.Exist ? Map(dynamics, choice.Exit, choice.Options) : File.Exists(run.Metrics) ? ReadyMade() : null;
    }

    /// <summary>What <c>dimec map</c> wrote, or else the map by the last exit.</summary>
    /// <returns>Null where the run has neither dynamics nor metrics.</returns>
    public ExitMetrics? Written() => File.Exists(run.Metrics) ? ReadyMade() : OneExit(new MetricsChoice());

    private PoolMetrics Samples(PartDynamics dynamics, MetricsChoice choice, CostStructure costs)
    {
        if (!choice.IsOwn)
            return Samples(Map(dynamics, choice.Exit, choice.Options));
        return PoolMetrics.OfOwnExits(
            [.. costs.Tiers.SkipLast(1).Select(tier => (tier.Depth, Map(dynamics, tier.Depth, choice.Options).Metrics))], choice.Options);
    }

    private static PoolMetrics Samples(ExitMetrics map) => PoolMetrics.OfOneExit(map.Metrics, map.Exit, map.Options);

    private ExitMetrics Map(PartDynamics dynamics, int? exit, CartographyOptions options)
    {
        var opened = dynamics.Open(exit);
        foreach (var file in opened.Files)
            parts.Remember(file);
        return new ExitMetrics(
            Mapped(opened, options) ?? [.. DataMap.Read(opened.Epochs, options)],
            opened.Exit, options.Kept(opened.Epochs.Count), options);
    }

    /// <summary>What <c>dimec map</c> made of the same dynamics in the same way; null where it did not, or one cannot tell.</summary>
    private IReadOnlyList<SampleMetrics>? Mapped(ExitDynamics dynamics, CartographyOptions options)
    {
        if (!File.Exists(run.MetricsRecord))
            return null;
        try
        {
            var record = MapRecord.Read(run);
            return record.IsOf(dynamics, options, run, parts.Hashes) && record.Metrics == FileHash.Of(run.Metrics) ? ReadMetrics() : null;
        }
        catch (InputException)
        {
            // Whatever is wrong with what was made of the dynamics: they are there.
            return null;
        }
    }

    private ExitMetrics ReadyMade()
    {
        parts.Remember(run.Metrics);
        var metrics = ReadMetrics();
        // They do not tell of how many epochs they are; a sample that was always right does.
        return new ExitMetrics(metrics, Exit: null, Math.Max(1, metrics.Max(sample => sample.Correctness)), Options: null);
    }

    private IReadOnlyList<SampleMetrics> ReadMetrics()
    {
        using var stream = InputFile.OpenRead(run.Metrics);
        return MetricsFile.Read(stream, run.Metrics);
    }

    private void RequireNoChoice(MetricsChoice choice)
    {
        var errors = new InputErrors();
        Check(choice.Exit is not null || choice.IsOwn, MapOptionNames.Exit);
        Check(choice.Options.IncludeCi, MapOptionNames.IncludeCi);
        Check(choice.Options.BurnOut is not null, MapOptionNames.BurnOut);
        errors.ThrowIfAny();

        void Check(bool given, string option)
        {
            if (given)
                errors.Add(option, $"needs dynamics, and {run.Path} holds ready-made metrics only", $"leave it out, or add the dynamics");
        }
    }
}
