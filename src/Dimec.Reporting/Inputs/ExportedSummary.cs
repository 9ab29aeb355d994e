using Dimec.Evaluation.Parts;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Runs.Records;

namespace Dimec.Reporting;

/// <summary>The run's exits beside what a bundle that was exported from it says of the same samples.</summary>
/// <param name="Bundle">The bundle: its precision, its hash, and on what processor it was recorded.</param>
/// <param name="Part">The part that both were read on.</param>
/// <param name="Count">How many samples that part has.</param>
/// <param name="Exits">The exits that both have, shallowest first.</param>
public sealed record ExportedSummary(ExportedExits Bundle, string Part, int Count, IReadOnlyList<ExportedExit> Exits)
{
    /// <summary>Reads what 'dimec predict BUNDLE' recorded.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="reported">The run's own exits on the part that is reported.</param>
    /// <exception cref="InputException">The folder holds no such record, a file is malformed, or it is of other samples.</exception>
    public static ExportedSummary Read(string folder, RecordedExits reported)
    {
        ArgumentNullException.ThrowIfNull(reported);
        var run = RunFolder.Open(folder);
        var record = ExitsRecord.Of(run) ?? throw new InputException(
            run.Exits, "does not exist, so that these are no bundle's exits", "name a folder that 'dimec predict BUNDLE' wrote");
        var exported = new RunParts(run).Predictions(reported.Part);
        return new ExportedSummary(record.Exits, reported.Part, reported.Count, ExportedExit.Compare(reported, exported));
    }
}
