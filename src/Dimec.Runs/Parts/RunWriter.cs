using Dimec.Cartography;
using Dimec.Checkpoints.Safetensors;
using Dimec.Files;
using Dimec.Predictions;

namespace Dimec.Runs.Parts;

/// <summary>
/// Writes what a training leaves for later commands: each file whole or not at all, under the names that <see cref="RunFolder"/> knows.
/// </summary>
/// <param name="run">The run.</param>
public sealed class RunWriter(RunFolder run)
{
    /// <summary>What an exit said of a part's samples in one epoch, in the interchange format.</summary>
    /// <param name="part"><c>train</c> or <c>selection</c>.</param>
    /// <param name="exit">The exit's layer number.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="rows">Writes a row a sample, in the order of the data.</param>
    public void Dynamics(string part, int exit, int epoch, Action<DynamicsWriter> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var folder = RunFolder.ExitDynamics(run.DynamicsOf(part), exit);
        AtomicFile.Write(Path.Combine(folder, TrainingDynamicsFolder.FileName(epoch)), stream =>
        {
            using var writer = new DynamicsWriter(stream, epoch);
            rows(writer);
        });
    }

    /// <summary>A part's recorded exits.</summary>
    /// <param name="exits">The exits, with the part's name.</param>
    public void Predictions(RecordedExits exits)
    {
        ArgumentNullException.ThrowIfNull(exits);
        AtomicFile.Write(run.Predictions(exits.Part), exits.Write);
    }

    /// <summary>e(x) of the training samples: one tensor [samples, H] with their kind, and the samples' guids beside it.</summary>
    /// <param name="guids">The samples, a row each.</param>
    /// <param name="kind">What the embeddings are made of.</param>
    /// <param name="size">H.</param>
    /// <param name="values">[samples × H].</param>
    public void TrainEmbeddings(IReadOnlyList<string> guids, EmbeddingKind kind, int size, float[] values)
    {
        ArgumentNullException.ThrowIfNull(guids);
        AtomicFile.Write(run.TrainEmbeddings, stream => SafetensorsWriter.Write(
            stream,
            [new SafetensorsTensor("embeddings", [guids.Count, size], values)],
            new Dictionary<string, string> { [RunFolder.EmbeddingKindKey] = ChoiceNames.Of(kind) }));
        AtomicFile.WriteText(run.TrainGuids, string.Concat(guids.Select(guid => guid + "\n")));
    }
}
