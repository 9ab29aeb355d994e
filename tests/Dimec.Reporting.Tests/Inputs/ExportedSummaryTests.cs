using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Runs.Records;

namespace Dimec.Reporting.Tests.Inputs;

/// <summary>What a bundle was recorded to say stands beside the run's exits, or a sentence says why it cannot.</summary>
public sealed class ExportedSummaryTests : IDisposable
{
    private readonly PredictedRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_recording_of_the_same_samples_is_read_with_whose_it_is()
    {
        var folder = Record(_run.Read("dev"));
        var summary = ExportedSummary.Read(folder, _run.Read("dev"));
        Assert.Equal((ModelPrecision.Int8, "dev", 80), (summary.Bundle.Precision, summary.Part, summary.Count));
        Assert.Equal([2, 4, 6], summary.Exits.Select(exit => exit.Exit));
        Assert.All(summary.Exits, exit => Assert.Equal((1.0, 0.0), (exit.Equal, exit.Difference.Value)));
    }

    [Fact]
    public void A_run_that_is_no_recording_is_told_apart()
    {
        var error = TextFiles.Error(() => ExportedSummary.Read(_run.Path, _run.Read("dev")));
        Assert.Equal(
            ("does not exist, so that these are no bundle's exits", "name a folder that 'dimec predict BUNDLE' wrote"),
            (error.Problem, error.Fix));
        Assert.Contains("is no folder", TextFiles.Error(() => ExportedSummary.Read(_run.File("none"), _run.Read("dev"))).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_of_other_samples_is_refused()
    {
        var folder = Record(_run.Read("dev").Subset("dev", [0, 1, 2]));
        Assert.Contains(
            "is of other samples or classes", TextFiles.Error(() => ExportedSummary.Read(folder, _run.Read("dev"))).Problem,
            StringComparison.Ordinal);
    }

    private string Record(RecordedExits dev)
    {
        var folder = new RunFolder(_run.File("exported"));
        Directory.CreateDirectory(folder.Path);
        var bundle = new ExportedExits(ModelPrecision.Int8, new string('a', 64), ProcessorKind.X64Vnni);
        new ExitsRecord(bundle, new Dictionary<string, string>()).Write(folder);
        new RunWriter(folder).Predictions(dev);
        return folder.Path;
    }
}
