using System.Diagnostics;
using Dimec.Exits.Ngrams;
using Dimec.Text;

namespace Dimec.Exits.Bench;

/// <summary>How long training and scoring take, beside fastText: in turn within each round, the best of three rounds.</summary>
internal static class Speed
{
    private const int Rounds = 3;

    public static void Run(IReadOnlyList<BenchTask> tasks, string tokenizerFolder)
    {
        var tokenizer = WordPieceTokenizer.FromFolder(tokenizerFolder);
        foreach (var task in tasks)
            Run(task, tokenizer);
    }

    private static void Run(BenchTask task, WordPieceTokenizer tokenizer)
    {
        using var fastText = new FastText();
        var (train, dev) = (fastText.Write("train.txt", task.Train, FastText.Tokens), fastText.Write("dev.txt", task.Dev, FastText.Tokens));
        var model = NgramTrainer.Train(task.Train.Samples, task.Classes, BenchTask.Tokenizer).Quantize();
        var best = new Dictionary<string, double>();
        for (var round = 0; round < Rounds; round++)
        {
            var fixedRate = new NgramOptions { LearningRate = 1 };
            Time("train: ours, the rate is given", 1, () =>
                NgramTrainer.Train(task.Train.Samples, task.Classes, BenchTask.Tokenizer, fixedRate));
            Time("train: ours, the rate is given, with tokenizing", 1, () => NgramTrainer.Train(
                new BenchPart(task.Train.Texts, tokenizer).Samples, task.Classes, BenchTask.Tokenizer, fixedRate));
            Time("train: ours, the rate is chosen", 1, () => NgramTrainer.Train(task.Train.Samples, task.Classes, BenchTask.Tokenizer));
            Train("-wordNgrams 2 -dim 10 -lr 0.5", 15, "-thread 1");
            // As it comes: 12 threads, 5 epochs, 100 dimensions, and nothing but the n-grams named.
            Train("-wordNgrams 2", 5, "");
            Train("-wordNgrams 2 -dim 10 -lr 0.5", 15, "");
            Keep("score a text: fastText -dim 10, in µs", 1e6 * fastText.SecondsALine(dev));
            Time("score a text: ours, from ids, in µs", 1e6 / task.Dev.Samples.Length, () => task.Dev.Accuracy(model));
            Time("score a text: ours with tokenizing, in µs", 1e6 / task.Dev.Samples.Length, () => Texts(task, model, tokenizer));
        }

        var tokens = task.Dev.Samples.Average(sample => sample.Text.Length + (sample.Pair?.Length ?? 0));
        Console.WriteLine($"{task.Name}: {tokens:0.0} tokens a text");
        foreach (var (name, value) in best)
            Console.WriteLine($"  {name}: {value:0.00}");

        void Time(string name, double factor, Action work)
        {
            var clock = Stopwatch.StartNew();
            work();
            Keep(name, factor * clock.Elapsed.TotalSeconds);
        }

        // Without epochs it starts, makes its table and writes its model: what it takes beyond that is training.
        void Train(string settings, int epochs, string threads)
        {
            var start = fastText.Train(train, $"{settings} {threads} -epoch 0");
            var whole = fastText.Train(train, $"{settings} {threads} -epoch {epochs}");
            Keep($"train: fastText {settings} -epoch {epochs} {threads}", whole);
            Keep($"train: fastText {settings} -epoch {epochs} {threads}, without its start and end", whole - start);
        }

        void Keep(string name, double value) => best[name] = Math.Min(value, best.GetValueOrDefault(name, double.MaxValue));
    }

    private static void Texts(BenchTask task, NgramModel model, WordPieceTokenizer tokenizer)
    {
        Span<float> logits = new float[task.Classes];
        Span<int> ids = new int[2 * BenchPart.MaxLength];
        foreach (var sample in task.Dev.Texts)
        {
            var text = ids[..tokenizer.Encode(sample.Text, ids[..BenchPart.MaxLength])];
            var second = sample.Pair is null ? 0 : tokenizer.Encode(sample.Pair, ids[BenchPart.MaxLength..]);
            model.Score(text, ids.Slice(BenchPart.MaxLength, second), logits);
        }
    }
}
