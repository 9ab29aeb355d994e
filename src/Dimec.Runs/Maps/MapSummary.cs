using System.Security.Cryptography;
using Dimec.Cartography;
using Dimec.Files;
using Dimec.Runs.Records;

namespace Dimec.Runs.Maps;

/// <summary>
/// What is kept of a data map while its samples stream by into <c>td_metrics.jsonl</c>:
/// how they lie, a sample for a picture, and label issues.
/// </summary>
public sealed class MapSummary
{
    /// <summary>Enough for the densities beside the picture; each takes some 150 bytes.</summary>
    private const int MostInPicture = 100_000;

    private readonly MapInputs _inputs;
    private readonly MapSample _sample = new(MostInPicture);
    private readonly LabelIssueRanking? _issues;
    private readonly SpreadCounter _confidence = new(1);
    private readonly SpreadCounter _variability = new(1);
    private readonly SpreadCounter _correctness;

    private MapSummary(MapInputs inputs)
    {
        _inputs = inputs;
        Epochs = inputs.Options.Cartography.Kept(inputs.Dynamics.Epochs.Count);
        _issues = inputs.Options.LabelIssues is { } count ? new LabelIssueRanking(count) : null;
        _correctness = new SpreadCounter(Epochs);
    }

    /// <summary>How many samples there are.</summary>
    public int Samples => _sample.Count;

    /// <summary>Over how many epochs they are.</summary>
    public int Epochs { get; }

    /// <summary>The layer of the exit whose dynamics were mapped; null where the folder does not tell.</summary>
    public int? Exit => _inputs.Dynamics.Exit;

    /// <summary>How the samples' μ lie.</summary>
    public Spread Confidence => _confidence.Spread;

    /// <summary>How the samples' σ lie.</summary>
    public Spread Variability => _variability.Spread;

    /// <summary>In how many epochs samples were answered right.</summary>
    public Spread Correctness => _correctness.Spread;

    /// <summary>
    /// The samples that a picture shows, in the order of their rows: all, or those that a hash of their guids puts first.
    /// </summary>
    public IReadOnlyList<SampleMetrics> Shown => _sample.Samples;

    /// <summary>Where <c>td_metrics.jsonl</c> went, and what is drawn of it goes.</summary>
    public RunFolder Output => _inputs.Output;

    /// <summary>
    /// The samples whose label is likeliest wrong, the likeliest first, with the labels' names and the texts as far as they are known;
    /// empty where none were asked for.
    /// </summary>
    /// <exception cref="InputException">The data that was named holds none of them, or what says the labels' names, the run's record, is
    /// broken.</exception>
    public IReadOnlyList<LabelIssue> LabelIssues() =>
        LabelIssue.Of(_issues?.Ranked ?? [], _inputs.Data?.Labels ?? RunSummary.Of(_inputs.Run).Labels, _inputs.Data);

    /// <summary>Maps one exit's dynamics into <c>td_metrics.jsonl</c>, with the record that says what it was made from.</summary>
    /// <param name="inputs">The dynamics, how they are mapped and where the files go; scratch files lie there as well while they are
    /// needed.</param>
    /// <param name="cancellationToken">Stops it; then nothing is written.</param>
    /// <exception cref="InputException">The dynamics are malformed, or the files cannot be written.</exception>
    public static MapSummary Write(MapInputs inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (run, dynamics, options, output) = (inputs.Run, inputs.Dynamics, inputs.Options.Cartography, inputs.Output);
        var made = new NewFolders(output.Path);
        try
        {
            var summary = new MapSummary(inputs);
            using var epochs = new HashedEpochs(dynamics.Epochs);
            using var metrics = SHA256.Create();
            var samples = DataMap.ReadDynamics(epochs.Epochs, options, () => ScratchFile.Open(output.Path), cancellationToken);
            AtomicFile.Write(output.Metrics, stream =>
            {
                using var hashed = new CryptoStream(stream, metrics, CryptoStreamMode.Write, leaveOpen: true);
                MetricsFile.Write(samples.Select(summary.Take), hashed);
            });
            var madeFrom = dynamics.Files.Take(summary.Epochs).Index().ToDictionary(
                file => run.NameOf(file.Item), file => epochs.Of(file.Index));
            new MapRecord(Convert.ToHexStringLower(metrics.Hash!), dynamics.Exit, summary.Epochs, options, madeFrom).Write(output);
            return summary;
        }
        finally
        {
            // What failed leaves no folder that was made for it.
            made.RemoveEmpty();
        }
    }

    private SampleMetrics Take(SampleDynamics sample)
    {
        var metrics = sample.Metrics;
        _sample.Add(metrics);
        _issues?.Add(sample);
        _confidence.Add(metrics.Confidence);
        _variability.Add(metrics.Variability);
        _correctness.Add(metrics.Correctness);
        return metrics;
    }
}
