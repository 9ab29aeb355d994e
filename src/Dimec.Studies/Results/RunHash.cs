using System.Text;
using Dimec.Files;
using Dimec.Predictions;
using Dimec.Runs;

namespace Dimec.Studies.Results;

/// <summary>
/// One hash of everything in a run that results are made from: model, predictions, embeddings and dynamics, with the files' names.
/// </summary>
internal static class RunHash
{
    /// <summary>Reads the files. The run's record is not among them: it also says how fast the training was.</summary>
    /// <exception cref="InputException">The run lacks what every run has.</exception>
    public static string Of(RunFolder run)
    {
        string[] needed =
        [
            Path.Combine(run.Model, "model.safetensors"), run.Predictions(PartNames.Selection), run.Predictions(PartNames.Dev),
        ];
        string[] others = [.. new[] { Path.GetDirectoryName(run.TrainEmbeddings)!, run.DynamicsOf(PartNames.Train) }.Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))];
        var files = needed
            .Concat(others)
            .Append(run.Predictions(PartNames.Train))
            .Append(run.Predictions(PartNames.Calibration))
            .Where(path => needed.Contains(path) || File.Exists(path))
            .Order(StringComparer.Ordinal);
        var lines = files.Select(path => $"{Path.GetRelativePath(run.Path, path).Replace('\\', '/')} {FileHash.Of(path)}\n");
        return FileHash.Of(Encoding.UTF8.GetBytes(string.Concat(lines)));
    }
}
