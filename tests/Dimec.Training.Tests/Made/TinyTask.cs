using System.Text;
using Dimec.Checkpoints;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Model;

namespace Dimec.Training.Tests.Made;

/// <summary>A task that two layers learn in seconds: which of two sets of words a text is made of.</summary>
internal static class TinyTask
{
    public const int Vocabulary = 200;

    public static EncoderConfig Config { get; } = new()
    {
        HiddenSize = 32,
        Layers = 2,
        Heads = 4,
        IntermediateSize = 64,
        VocabularySize = Vocabulary,
        MaxPositions = 40,
    };

    public static Checkpoint Checkpoint(EncoderConfig? config = null, int seed = 1)
    {
        config ??= Config;
        var random = new RandomStream(seed, 77);
        var weights = new Dictionary<string, WeightTensor>();
        foreach (var (name, shape) in Checkpoints.Architectures.ExpectedWeights.Of(config, null)
            .Select(weight => (weight.Name, weight.Shape)))
        {
            var values = new float[shape.Aggregate(1, (a, b) => a * b)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = name.EndsWith("orm.weight", StringComparison.OrdinalIgnoreCase) ? 1
                    : shape.Length == 1 ? 0
                    : (float)(random.Normal() * 0.05);
            }

            weights.Add(name, new WeightTensor(name, shape, values));
        }

        return new Checkpoint(config, weights, null, new CheckpointTokenizer(CheckpointTokenizer.Vocabulary, "[PAD]\n"u8.ToArray()));
    }

    public static TrainingData Data(int train = 200, int heldOut = 20, bool pairs = false)
    {
        string[] labels = ["even", "odd"];
        return new TrainingData(
            "tiny", "accuracy", Part("train", train, 0), Part("selection", heldOut, 1), Part("calibration", heldOut, 2),
            Part("dev", heldOut, 3), [new DataSource("tiny", "0")]);

        Dataset Part(string name, int count, int purpose)
        {
            var random = new RandomStream(11, purpose);
            var samples = Enumerable.Range(0, count).Select(index =>
            {
                var label = random.Below(2);
                return new Sample($"{name}-{index}", Words(random, label), pairs ? Words(random, label) : null, label);
            });
            return new Dataset(name, [.. samples], labels, pairs);
        }
    }

    /// <summary>Words are numbers; the text's class is their parity, with some noise.</summary>
    private static string Words(RandomStream random, int label)
    {
        var text = new StringBuilder();
        var count = 1 + random.Below(12);
        for (var i = 0; i < count; i++)
            text.Append(10 + (2 * random.Below(90)) + (random.Below(10) == 0 ? 1 - label : label)).Append(' ');
        return text.ToString();
    }

    public static Func<Sample, TokenizedText> Tokenizer(Checkpoint checkpoint, int maxLength) => sample =>
    {
        int[] first = Ids(sample.Text);
        int[] second = sample.Pair is null ? [] : Ids(sample.Pair);
        int[] ids = [1, .. first, 2, .. second];
        int[] types = [.. Enumerable.Repeat(0, first.Length + 2), .. Enumerable.Repeat(1, second.Length)];
        return new TokenizedText(ids[..Math.Min(ids.Length, maxLength)], types[..Math.Min(ids.Length, maxLength)], ids.Length > maxLength);

        static int[] Ids(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
    };

    public static ModelShape Shape() => new(
        Config, new ExitHeadConfig([1, 2], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["even", "odd"], 40), HeadDropout: 0.1);

    public static TrainingArguments Arguments(string folder) => new()
    {
        Out = folder,
        Exits = [1, 2],
        Epochs = 2,
        BatchSize = 16,
        LearningRate = 3e-3,
        Pooling = ExitHeadConfig.MeanPooling,
        Threads = 1,
    };

    public static TrainingResult Run(
        TrainingArguments arguments, TrainingData? data = null, Checkpoint? checkpoint = null, IProgress<TrainingProgress>? progress = null,
        TimeProvider? time = null, CancellationToken? cancellationToken = null) =>
        Trainer.Run(
            arguments, data ?? Data(), checkpoint ?? Checkpoint(), Tokenizer, progress, time ?? TimeProvider.System,
            cancellationToken ?? TestContext.Current.CancellationToken);
}
