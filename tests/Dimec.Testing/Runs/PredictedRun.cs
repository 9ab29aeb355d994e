using Dimec.Cartography;
using Dimec.Predictions;

namespace Dimec.Testing.Runs;

/// <summary>
/// A run of a training that never was: predictions, embeddings and dynamics of exits 2, 4 and 6, easy and hard samples apart in e(x).
/// </summary>
public sealed class PredictedRun : IDisposable
{
    private const int Epochs = 4;
    private const int Samples = 80;
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(3);

    public PredictedRun(bool selectionDynamics = false)
    {
        foreach (var part in new[] { "train", "selection", "dev" })
        {
            double[] difficulty = [.. Enumerable.Range(0, Samples).Select(_ => _random.NextDouble())];
            Predictions(part, difficulty);
            if (part == "train")
                Dynamics(part, _folder.File("run", "dynamics"), difficulty);
            else if (part == "selection" && selectionDynamics)
                Dynamics(part, _folder.File("run", "dynamics", "selection"), difficulty);
        }
    }

    public string Path => _folder.File("run");

    public string Folder => _folder.Path;

    public string File(params string[] parts) => _folder.File(parts);

    public RecordedExits Read(string part)
    {
        using var stream = System.IO.File.OpenRead(_folder.File("run", "predictions", part + ".jsonl"));
        return RecordedExits.Read(stream, part, part);
    }

    public void Dispose() => _folder.Dispose();

    private void Predictions(string part, double[] difficulty)
    {
        var builder = new RecordedExitsBuilder(part, [2, 4, 6], 2, 3);
        for (var i = 0; i < Samples; i++)
        {
            var logits = new[] { 2, 4, 6 }.SelectMany(exit => Logits(exit, difficulty[i], 1)).ToArray();
            // The direction tells how hard a sample is, the length nothing.
            var length = 0.2 + (3 * _random.NextDouble());
            builder.Add(
                $"{part}-{i}", i % 2, Turn(logits, i),
                [(float)(length * (1 - difficulty[i])), (float)(length * difficulty[i]), (float)(length * 0.1 * _random.NextDouble())]);
        }

        Write(_folder.File("run", "predictions", part + ".jsonl"), builder.Build().Write);
    }

    private void Dynamics(string part, string folder, double[] difficulty)
    {
        foreach (var exit in new[] { 2, 4, 6 })
        {
            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                var path = System.IO.Path.Combine(
                    folder, $"exit-{exit}", TrainingDynamicsFolder.Name, TrainingDynamicsFolder.FileName(epoch));
                Write(path, stream =>
                {
                    using var writer = new DynamicsWriter(stream, epoch);
                    for (var i = 0; i < Samples; i++)
                    {
                        writer.Write(
                            new SampleGuid($"{part}-{i}"), Turn(Logits(exit, difficulty[i], (epoch + 1) / (double)Epochs), i), i % 2);
                    }
                });
            }
        }
    }

    /// <summary>Logits of two classes, the first the true one: deep exits and late epochs know more, hard samples are known less.</summary>
    private float[] Logits(int exit, double difficulty, double trained) =>
        [(float)((trained * (2 + (exit / 2.0) - (5 * difficulty))) + (2 * _random.NextDouble()) - 1), 0];

    private static float[] Turn(float[] logits, int gold) =>
        gold % 2 == 0 ? logits : [.. logits.Chunk(2).SelectMany(pair => pair.Reverse())];

    private static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var stream = System.IO.File.Create(path);
        write(stream);
    }
}
