using Dimec.Exits.Ngrams;

namespace Dimec.Exits.Bench;

/// <summary>What else was tried: other features, other options. Means of three seeds, on the part for choosing and on dev.</summary>
internal static class Alternatives
{
    private const int Seeds = 3;

    public static void Features(IReadOnlyList<BenchTask> tasks)
    {
        foreach (var (name, features) in FeatureVariants.All)
            Print(tasks, name, new NgramOptions { LearningRate = 1 }, features);
    }

    public static void Options(IReadOnlyList<BenchTask> tasks)
    {
        var usual = new NgramOptions { LearningRate = 1 };
        (string Name, NgramOptions Options)[] all =
        [
            ("the defaults at the learning rate 1", usual),
            ("learning rate 0.1", usual with { LearningRate = 0.1 }),
            ("learning rate 0.3", usual with { LearningRate = 0.3 }),
            ("learning rate 3", usual with { LearningRate = 3 }),
            ("8 epochs", usual with { Epochs = 8 }),
            ("30 epochs", usual with { Epochs = 30 }),
            ("no label smoothing", usual with { LabelSmoothing = 0 }),
            ("label smoothing 0.2", usual with { LabelSmoothing = 0.2 }),
            ("2^16 buckets", usual with { TableBits = 16 }),
            ("2^18 buckets", usual with { TableBits = 18 }),
            ("2^22 buckets", usual with { TableBits = 22 }),
        ];
        foreach (var (name, options) in all)
            Print(tasks, name, options, FeatureVariants.All[0].Features);
    }

    /// <summary>A sample's features as words, for a program that splits at spaces.</summary>
    public static string Words(BenchPart part, int i)
    {
        var features = new HashSet<int>();
        FeatureVariants.All[0].Features(part, i, new NgramOptions().TableBits, features);
        return string.Join(' ', features);
    }

    private static void Print(
        IReadOnlyList<BenchTask> tasks, string name, NgramOptions options, Action<BenchPart, int, int, HashSet<int>> features)
    {
        var (chosen, dev) = (new List<double>(), new List<double>());
        foreach (var task in tasks)
        {
            var parts = new[] { task.Train, task.Chosen, task.Dev }
                .Select(part => FeatureVariants.Lists(part, options.TableBits, features)).ToArray();
            var shape = new NgramShape(task.Classes, task.Train.Samples[0].Pair is not null, options.TableBits, BenchTask.Tokenizer);
            var targets = new NgramTargets(task.Train.Samples, task.Classes, options.LabelSmoothing);
            var (onChosen, onDev) = (0.0, 0.0);
            for (var seed = 0; seed < Seeds; seed++)
            {
                var copy = parts[0] with { Values = [.. parts[0].Values] };
                var weights = NgramTrainer.Train(
                    shape, copy, targets, options with { Seed = seed }, options.LearningRate!.Value, null, default);
                onChosen += task.Chosen.Accuracy(task.Classes, (i, logits) => FeatureVariants.Score(weights, parts[1][i], logits)) / Seeds;
                onDev += task.Dev.Accuracy(task.Classes, (i, logits) => FeatureVariants.Score(weights, parts[2][i], logits)) / Seeds;
            }

            chosen.Add(onChosen);
            dev.Add(onDev);
        }

        var figures = tasks.Select((task, i) => $"{task.Name} {chosen[i]:0.0} ({dev[i]:0.0})");
        Console.WriteLine($"{name,-44} {string.Join(", ", figures)}; mean {chosen.Average():0.00} ({dev.Average():0.00})");
    }
}
