using System.Reflection;
using System.Runtime.InteropServices;
using Dimec.Cartography;
using Dimec.Evaluation;
using Dimec.Evaluation.Metrics;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Reporting.Frontiers;
using Dimec.Runs;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Maps;
using Dimec.Runs.Parts;
using Dimec.Runs.Records;

namespace Dimec.Reporting;

/// <summary>Gathers what a report shows from a run's files.</summary>
public static class RunReport
{
    /// <summary>Puts together the inputs of a report of what a run was evaluated to.</summary>
    /// <param name="evaluations">The evaluations.</param>
    /// <param name="plan">The plan that the headline speaks of; null for a comparison only.</param>
    /// <param name="commands">How the report is made again, e.g. a command line; may be empty.</param>
    /// <exception cref="InputException">A file of the run is malformed.</exception>
    public static ReportInputs Inputs(RunEvaluations evaluations, Plan? plan, IReadOnlyList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        var inputs = evaluations.Inputs;
        return Inputs(
            inputs.Run, evaluations.AtCosts, inputs.Reported, plan, inputs.Request.Options.MaxDrop, served: null, commands) with
        {
            Unpromised = plan is null
                ? null
                : UnpromisedEvaluation.Of(inputs.Request with { Given = plan }, inputs.Reported, RunSummary.Of(inputs.Run).Task),
        };
    }

    /// <summary>Puts the report's inputs together.</summary>
    /// <param name="run">The run.</param>
    /// <param name="evaluations">The evaluations.</param>
    /// <param name="reported">The part that they report.</param>
    /// <param name="plan">The chosen plan; null for a comparison only.</param>
    /// <param name="maxDrop">The drop that was asked for.</param>
    /// <param name="served">The check of tiers that really ran; null where none did.</param>
    /// <param name="commands">The commands that make the report again.</param>
    /// <exception cref="InputException">A file of the run is malformed.</exception>
    public static ReportInputs Inputs(
        RunFolder run, IReadOnlyList<RunEvaluation> evaluations, RecordedExits reported, Plan? plan, double maxDrop, ServedCheck? served,
        IReadOnlyList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(evaluations);
        ArgumentNullException.ThrowIfNull(reported);
        var record = RunSummary.Of(run);
        return new ReportInputs
        {
            Title = record.Task is null ? "Dimec report" : $"Dimec on {record.Task}",
            Task = new TaskSummary(
                record.Task ?? Path.GetFileName(Path.GetFullPath(run.Path)), record.Description, record.Labels, record.Backbone,
                Parts(run, record)),
            Evaluations = [.. evaluations.Select(evaluation =>
                new ReportEvaluation(evaluation.Name, evaluation.Document, RunFrontier.Of(evaluation, reported, plan?.Policy)))],
            Plan = plan,
            MaxDrop = maxDrop,
            Training = Training(run, record, plan, evaluations[0].Document, reported),
            DataMap = Map(run, plan),
            Served = served,
            Provenance = new Provenance(commands, record.Settings, Versions(record), [.. Files(run)]),
        };
    }

    /// <summary>
    /// The data map with the pools of a plan, by the exit that they are cut by; null where the run has neither dynamics nor metrics.
    /// </summary>
    internal static DataMapInputs? Map(RunFolder run, Plan? plan)
    {
        var pools = plan?.Pools;
        if (new RunMetrics(run, new RunParts(run)).OneExit(MetricsChoice.Of(pools?.Metrics)) is not { } map)
            return null;
        // Pools by each tier's own exit are no regions of any one exit's map.
        var cut = pools is { Metrics.IsOwn: false } ? pools : null;
        return new DataMapInputs
        {
            Samples = map.Metrics,
            Epochs = map.Epochs,
            Exit = map.Exit,
            Thresholds = cut?.Thresholds,
            HasOwnExitPools = pools is { Metrics.IsOwn: true },
            HardRule = cut?.Options.Hard ?? HardRule.LowConfidence,
            Tiers = plan is null ? [] : [.. plan.Costs.Tiers.Select(tier => tier.Name)],
        };
    }

    /// <summary>The run's parts, with what each is for.</summary>
    internal static PartSummary[] Parts(RunFolder run, RunSummary record) =>
    [
        .. new (string Name, string Purpose)[]
        {
            (PartNames.Train, "the encoder is trained on it"), (PartNames.Selection, "plans are chosen on it"),
            (PartNames.Calibration, "kept for promises, never chosen on"), (PartNames.Dev, "reported, never chosen on"),
        }.Select(part => new PartSummary(
            part.Name, record.Parts.TryGetValue(part.Name, out var count) ? count : Lines(run.Predictions(part.Name)), part.Purpose))
            .Where(part => part.Count > 0),
    ];

    private static int Lines(string path)
    {
        if (!File.Exists(path))
            return 0;
        using var reader = new StreamReader(InputFile.OpenRead(path));
        var count = 0;
        while (reader.ReadLine() is not null)
            count++;
        return count;
    }

    private static TrainingSummary? Training(
        RunFolder run, RunSummary record, Plan? plan, EvaluationDocument document, RecordedExits reported)
    {
        if (record.Epochs == 0)
            return null;
        var temperatures = plan?.Pools?.Temperatures;
        var exits = reported.Exits.Select((layer, e) =>
        {
            var accuracy = ExitAccuracy.Of(reported, e);
            var tier = document.Costs.Tiers.FirstOrDefault(tier => tier.Depth == layer)?.Name;
            return new ExitSummary(
                layer, tier, Losses(run, layer), accuracy.Share, accuracy.Interval, reported.Part, reported.Count,
                temperatures?.TryGetValue(layer, out var temperature) == true ? temperature : null);
        });
        var samples = record.Parts.GetValueOrDefault(PartNames.Train);
        var seconds = record.SamplesPerSecond > 0 ? samples * record.Epochs / record.SamplesPerSecond : 0;
        return new TrainingSummary(record.Epochs, samples, seconds, record.SamplesPerSecond, [.. exits]) { Warnings = record.Warnings };
    }

    private static IReadOnlyList<double> Losses(RunFolder run, int layer) =>
        PartDynamics.OfTraining(run) is var dynamics && dynamics.Exits.Contains(layer) ? DynamicsLoss.Of(dynamics.Open(layer).Epochs) : [];

    /// <summary>What the run was trained on, and what this report was made on: the same names once where the two agree.</summary>
    internal static KeyValuePair<string, string>[] Versions(RunSummary record)
    {
        KeyValuePair<string, string>[] here =
        [
            new("dimec", typeof(RunReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion),
            new("dotnet", RuntimeInformation.FrameworkDescription),
            new("os", RuntimeInformation.OSDescription),
            new("architecture", RuntimeInformation.ProcessArchitecture.ToString()),
        ];
        return record.Machine.Count == 0 ? here : [.. record.Machine, .. here.Except(record.Machine)
            .Select(other => KeyValuePair.Create($"{other.Key} of this report", other.Value))];
    }

    private static IEnumerable<ProvenanceFile> Files(RunFolder run) => Files(
        [run.Record, Path.Combine(run.Model, "model.safetensors"), run.Metrics, run.TrainEmbeddings, run.Predictions(
            PartNames.Selection), run.Predictions(PartNames.Dev)], run.Path);

    /// <summary>Those files that there are, by their paths in a folder.</summary>
    internal static IEnumerable<ProvenanceFile> Files(IEnumerable<string> files, string folder) => files.Where(File.Exists)
        .Select(path =>
            new ProvenanceFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), new FileInfo(path).Length, FileHash.Of(path)));
}
