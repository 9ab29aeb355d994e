using System.Globalization;
using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Export.Tests.Made;

/// <summary>A checkpoint under libtorch, as training evaluates it.</summary>
internal static class TrainedModel
{
    public static RecordedExits Predict(Checkpoint checkpoint, IReadOnlyList<TokenizedText> encodings, EmbeddingKind embedding)
    {
        var exits = checkpoint.Exits!;
        var samples = Enumerable.Range(0, encodings.Count).Select(i => new Sample($"{i}", "", null, -1)).ToArray();
        using var model = new Training.TrainedModel(checkpoint, embedding);
        return model.Predict(
            new Dataset("dev", samples, exits.Labels, exits.HasPair),
            sample => encodings[int.Parse(sample.Guid, CultureInfo.InvariantCulture)]);
    }
}
