using Dimec.Files;
using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Records;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary>What a bundle's or a run's exits say of texts without labels, as a predictions file.</summary>
/// <param name="folder">The bundle or the run.</param>
/// <param name="run">The run that a bundle was exported from; null where the call names none.</param>
/// <param name="data">How the texts are laid out; null for the run's own data.</param>
internal sealed class TextsPrediction(string folder, string? run, DataSpec? data)
{
    private const string Manifest = "bundle.json";

    /// <summary>Records them.</summary>
    /// <param name="texts">The file of the texts.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="stop">Stops it; then nothing is written.</param>
    /// <returns>The number of texts.</returns>
    /// <exception cref="InputException">The bundle, the run or the texts are wrong, or nothing says how the texts are laid out.</exception>
    public int Write(string texts, string output, CancellationToken stop)
    {
        var isBundle = File.Exists(Path.Combine(folder, Manifest));
        var own = isBundle ? run : folder;
        if (data is null && own is null)
        {
            throw new InputException(
                OptionNames.Of(CallArgument.Spec), "is missing, and so is --run",
                "name the data that the texts are laid out as, or the run that the bundle was exported from");
        }

        var samples = (data ?? RunData.Of(RunFolder.Open(own!))).ReadTexts(texts, stop).Samples;
        var recorded = isBundle ? OfBundle(samples, stop) : OfRun(samples, stop);
        AtomicFile.Write(output, recorded.Write);
        return recorded.Count;
    }

    private RecordedExits OfBundle(IReadOnlyList<Sample> samples, CancellationToken stop)
    {
        var bundle = Bundle.Open(folder);
        return BundleExits.Record(bundle, Part(samples, bundle.Manifest.Labels), stop);
    }

    private RecordedExits OfRun(IReadOnlyList<Sample> samples, CancellationToken stop)
    {
        var opened = RunFolder.Open(folder);
        return TrainedExits.Record(opened, Part(samples, RunSummary.Of(opened).Labels), stop);
    }

    private static Dataset Part(IReadOnlyList<Sample> samples, IReadOnlyList<string> labels) =>
        new(PartNames.Calibration, samples, labels, samples.Any(sample => sample.Pair is not null));
}
