using Dimec.Cartography;
using Dimec.Cli.Output;
using Dimec.Files;
using Dimec.Reporting;
using Dimec.Training;

namespace Dimec.Cli.Runs;

/// <summary>Writes a data map while its samples stream by, and keeps of them what is shown.</summary>
/// <param name="epochs">Over how many epochs they are.</param>
/// <param name="suspects">How many suspects are kept.</param>
internal sealed class MapSummary(int epochs, int suspects)
{
    /// <summary>Enough for the densities beside the picture; each takes some 150 bytes.</summary>
    private const int MostInPicture = 100_000;

    private readonly DataMapSample _sample = new(MostInPicture);
    private readonly SuspectList? _suspects = suspects > 0 ? new SuspectList(suspects) : null;
    private readonly SpreadCounter _confidence = new(1);
    private readonly SpreadCounter _variability = new(1);
    private readonly SpreadCounter _correctness = new(epochs);

    /// <summary>How many samples there are.</summary>
    public int Samples => _sample.Count;

    /// <summary>Over how many epochs they are.</summary>
    public int Epochs => epochs;

    public Spread Confidence => _confidence.Spread;

    public Spread Variability => _variability.Spread;

    public Spread Correctness => _correctness.Spread;

    /// <summary>The samples whose label is likeliest wrong.</summary>
    public IReadOnlyList<SampleDynamics> Suspects => _suspects?.Ranked ?? [];

    /// <summary>Maps one exit's dynamics into <c>td_metrics.jsonl</c> and the picture.</summary>
    /// <param name="dynamics">The dynamics.</param>
    /// <param name="options">How they become metrics.</param>
    /// <param name="output">Where the files go; scratch files lie there as well while they are needed.</param>
    /// <param name="suspects">How many suspects are kept; 0 for none.</param>
    /// <param name="stop">Stops it; then nothing is written.</param>
    public static MapSummary Write(ExitDynamics dynamics, CartographyOptions options, RunFolder output, int suspects, CancellationToken stop)
    {
        var made = new NewFolders(output.Path);
        try
        {
            return Write(new MapSummary(options.Kept(dynamics.Epochs.Count), suspects), dynamics, options, output, stop);
        }
        finally
        {
            // What failed leaves no folder that was made for it.
            made.RemoveEmpty();
        }
    }

    private static MapSummary Write(MapSummary summary, ExitDynamics dynamics, CartographyOptions options, RunFolder output, CancellationToken stop)
    {
        var samples = DataMap.ReadDynamics(dynamics.Epochs, options, () => ScratchFile.Open(output.Path), stop);
        AtomicFile.Write(output.Metrics, stream => MetricsFile.Write(samples.Select(summary.Take), stream));
        var picture = new DataMapInputs { Samples = summary._sample.Samples, Of = summary.Samples, Epochs = summary.Epochs, Exit = dynamics.Exit };
        AtomicFile.Write(output.DataMap, stream => DataMapPlot.WritePng(picture, stream));
        return summary;
    }

    private SampleMetrics Take(SampleDynamics sample)
    {
        var metrics = sample.Metrics;
        _sample.Add(metrics);
        _suspects?.Add(sample);
        _confidence.Add(metrics.Confidence);
        _variability.Add(metrics.Variability);
        _correctness.Add(metrics.Correctness);
        return metrics;
    }
}
