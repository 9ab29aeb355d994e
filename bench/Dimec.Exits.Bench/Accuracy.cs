using System.Diagnostics;
using Dimec.Exits.Ngrams;

namespace Dimec.Exits.Bench;

/// <summary>
/// Our exit, with its defaults, beside fastText with the settings that do best on the part for choosing, and beside it on the features
/// of our exit.
/// </summary>
internal static class Accuracy
{
    private static readonly string[] s_settings =
    [
        .. from dim in new[] { 10, 100 } from epochs in new[] { 5, 25 } from rate in new[] { 0.1, 0.5, 1 }
           select $"-dim {dim} -epoch {epochs} -lr {rate}",
    ];

    public static void Run(IReadOnlyList<BenchTask> tasks, bool withFastText)
    {
        foreach (var task in tasks)
        {
            var clock = Stopwatch.StartNew();
            var weights = NgramTrainer.Train(task.Train.Samples, task.Classes, BenchTask.Tokenizer);
            var seconds = clock.Elapsed.TotalSeconds;
            var model = weights.Quantize();
            using var file = new MemoryStream();
            model.Write(file);
            var half = 196 * Math.Sqrt(task.Dev.Accuracy(model) / 100 * (1 - (task.Dev.Accuracy(model) / 100)) / task.Dev.Samples.Length);
            Console.WriteLine(
                $"{task.Name}: train {task.Train.Samples.Length}, choosing {task.Chosen.Samples.Length}, dev {task.Dev.Samples.Length}, "
                + $"{task.Classes} classes");
            Console.WriteLine(
                $"  ours: dev {task.Dev.Accuracy(weights):0.00} fp32, {task.Dev.Accuracy(model):0.00} ± {half:0.00} as served; choosing "
                + $"{task.Chosen.Accuracy(weights):0.00} and {task.Chosen.Accuracy(model):0.00}; {file.Length / 1e6:0.00} MB, "
                + $"{model.RowCount} of {weights.RowCount} rows; rate {weights.LearningRate}; "
                + $"{seconds:0.00} s");
            foreach (var bytes in new[] { file.Length * 2 / 3, 300_000 }.Where(bytes => bytes < file.Length))
            {
                var small = weights.Quantize((int)bytes);
                Console.WriteLine(
                    $"  ours in {bytes / 1e6:0.00} MB: dev {task.Dev.Accuracy(small):0.00}; choosing {task.Chosen.Accuracy(small):0.00}; "
                    + $"{small.RowCount} rows of 8 bits");
            }

            if (!withFastText)
                continue;
            Best(task, "tokens", "-wordNgrams 2 -thread 2", FastText.Tokens);
            Best(task, "raw text", "-wordNgrams 2 -thread 2", FastText.Raw);
            if (weights.HasPair)
                Best(task, "our features", "-wordNgrams 1 -thread 2", Alternatives.Words);
        }
    }

    private static void Best(BenchTask task, string name, string fixedOptions, Func<BenchPart, int, string> text)
    {
        using var fastText = new FastText();
        var (train, chosen, dev) = (
            fastText.Write("train.txt", task.Train, text), fastText.Write("chosen.txt", task.Chosen, text),
            fastText.Write("dev.txt", task.Dev, text));
        var (best, options) = (0.0, "");
        foreach (var settings in s_settings)
        {
            fastText.Train(train, $"{fixedOptions} {settings}");
            var right = Right(task.Chosen, fastText.Predict(chosen));
            if (right > best)
                (best, options) = (right, settings);
        }

        var seconds = fastText.Train(train, $"{fixedOptions} {options}");
        Console.WriteLine(
            $"  fastText, {name}: dev {Right(task.Dev, fastText.Predict(dev)):0.00}; choosing {best:0.00}; {options}; "
            + $"{seconds:0.00} s");
    }

    private static double Right(BenchPart part, int[] answers) =>
        100.0 * answers.Where((answer, i) => answer == part.Samples[i].Label).Count() / part.Samples.Length;
}
