using Dimec.Runs.Records;
using Dimec.Text;

namespace Dimec.Runs.Maps;

/// <summary>What a map is made from.</summary>
/// <param name="Run">The run.</param>
/// <param name="Dynamics">The dynamics of the exit that is mapped.</param>
/// <param name="Options">How.</param>
/// <param name="Data">The data that has the label issues' texts; null where none are asked for, or nothing names them.</param>
public sealed record MapInputs(RunFolder Run, ExitDynamics Dynamics, MapOptions Options, TaskData? Data)
{
    /// <summary>Where the files go.</summary>
    public RunFolder Output => Options.Out is { } other ? new RunFolder(other) : Run;

    /// <summary>Reads a run and what the call names beside it.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="options">How it is mapped; the data are the next one's.</param>
    /// <param name="named">The data that the call names; null for those of the run's record, where it has one.</param>
    /// <param name="cancellationToken">Stops the reading of the data.</param>
    /// <exception cref="InputException">Everything that is wrong with the call and the files.</exception>
    public static MapInputs Read(string run, MapOptions options, Func<DataSpec?> named, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(named);
        var errors = new InputErrors();
        options.Cartography.Validate(errors);
        var folder = errors.Try(() => RunFolder.Open(run));
        return Read(folder, options, named, errors, cancellationToken);
    }

    /// <summary>Reads a run that was opened.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">How it is mapped.</param>
    /// <param name="cancellationToken">Stops the reading of the data.</param>
    /// <exception cref="InputException">Everything that is wrong with the options and the files.</exception>
    public static MapInputs Read(RunFolder run, MapOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        var errors = new InputErrors();
        options.Cartography.Validate(errors);
        return Read(run, options, () => options.Data, errors, cancellationToken);
    }

    private static MapInputs Read(
        RunFolder? run, MapOptions options, Func<DataSpec?> named, InputErrors errors, CancellationToken cancellationToken)
    {
        var dynamics = run is null ? null : errors.Try(() => PartDynamics.OfTraining(run).Open(options.Exit));
        var spec = run is null ? null : errors.Try(() => Spec(run, options.LabelIssues, named(), errors));
        var data = spec is null ? null : errors.Try(() => spec.Load(cancellationToken));
        errors.ThrowIfAny();
        return new MapInputs(run!, dynamics!, options, data);
    }

    private static DataSpec? Spec(RunFolder run, int? labelIssues, DataSpec? named, InputErrors errors)
    {
        if (labelIssues is not { } count)
        {
            return named is null ? null : throw new InputException(
                MapOptionNames.Data, "is read for the texts of label issues, and none are asked for",
                $"add {MapOptionNames.LabelIssues} N, or leave it out");
        }

        if (count < 1)
            errors.Add($"{MapOptionNames.LabelIssues} {count}", "asks for no label issue", "ask for one or more");
        return named ?? (File.Exists(run.Record) ? RunData.Of(run) : null);
    }
}
