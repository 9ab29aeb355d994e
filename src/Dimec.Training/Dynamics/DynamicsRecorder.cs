using Dimec.Cartography;
using Dimec.Runs.Parts;
using Dimec.Text;

namespace Dimec.Training.Dynamics;

/// <summary>Collects, over one epoch, the logits of every exit for every training sample, and writes them in the public format.</summary>
internal sealed class DynamicsRecorder
{
    private readonly Dataset _dataset;
    private readonly IReadOnlyList<int> _exits;
    private readonly int _classes;

    public DynamicsRecorder(Dataset dataset, IReadOnlyList<int> exits)
    {
        _dataset = dataset;
        _exits = exits;
        _classes = dataset.Labels.Count;
        Logits = new float[checked(dataset.Samples.Count * exits.Count * _classes)];
        Reset();
    }

    /// <summary>Logits [samples × exits × classes]; NaN where the epoch has not come by yet.</summary>
    public float[] Logits { get; }

    public void Reset() => Logits.AsSpan().Fill(float.NaN);

    /// <summary>Keeps the logits of a batch.</summary>
    /// <param name="samples">Which samples they belong to.</param>
    /// <param name="logits">[exits][B × classes], the recorded exits first.</param>
    public void Record(ReadOnlySpan<int> samples, float[][] logits)
    {
        for (var exit = 0; exit < _exits.Count; exit++)
        {
            for (var row = 0; row < samples.Length; row++)
                logits[exit].AsSpan(row * _classes, _classes).CopyTo(Slot(samples[row], exit));
        }
    }

    /// <summary>Writes the epoch's file of every exit, in the order of the data.</summary>
    /// <param name="writer">Writes the run's files.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public void Write(RunWriter writer, int epoch)
    {
        foreach (var (exit, layer) in _exits.Index())
        {
            writer.Dynamics(_dataset.Part, layer, epoch, rows =>
            {
                for (var sample = 0; sample < _dataset.Samples.Count; sample++)
                    rows.Write(new SampleGuid(_dataset.Samples[sample].Guid), Slot(sample, exit), _dataset.Samples[sample].Label);
            });
        }
    }

    private Span<float> Slot(int sample, int exit) => Logits.AsSpan(((sample * _exits.Count) + exit) * _classes, _classes);
}
