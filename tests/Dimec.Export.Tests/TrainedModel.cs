using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Evaluation;
using Dimec.Training.Model;
using Dimec.Training.Native;

namespace Dimec.Export.Tests;

/// <summary>A checkpoint under libtorch, as training evaluates it.</summary>
internal static class TrainedModel
{
    public static RecordedExits Predict(Checkpoint checkpoint, IReadOnlyList<Encoding> encodings)
    {
        TorchLibrary.Load();
        var exits = checkpoint.Exits!;
        var shape = new ModelShape(checkpoint.Config, exits, HeadDropout: 0.1);
        using var parameters = new Parameters(new ParameterLayout(shape));
        parameters.CopyFrom(checkpoint.Weights);
        var samples = Enumerable.Range(0, encodings.Count).Select(i => new Sample($"{i}", "", null, -1)).ToArray();
        var part = EncodedPart.Encode(
            new Dataset("dev", samples, exits.Labels, exits.HasPair), sample => encodings[int.Parse(sample.Guid, null)], default);
        var evaluator = new Evaluator(new MultiExitEncoder(parameters, shape), shape, checkpoint.Config.PadTokenId);
        return evaluator.Predict(part, () => { }, default);
    }
}
