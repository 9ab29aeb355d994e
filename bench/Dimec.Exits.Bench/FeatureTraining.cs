using Dimec.Exits.Ngrams;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Exits.Bench;

/// <summary>Exits over other features on a run's data, trained as exit 0 is: the rate is chosen in the same way.</summary>
internal sealed class FeatureTraining
{
    private const int Folds = 3;
    private const int Most = 10_000;
    private static readonly double[] s_rates = [0.1, 0.3, 1, 3];

    private readonly BenchRun _run;
    private readonly BenchPart _train;
    private readonly BenchPart _selection;
    private readonly BenchPart _dev;
    private readonly NgramOptions _options = new();

    public FeatureTraining(BenchRun run, WordPieceTokenizer tokenizer)
    {
        _run = run;
        (_train, _selection, _dev) = (
            new BenchPart(run.Data.Train.Samples, tokenizer), new BenchPart(run.Data.Selection.Samples, tokenizer),
            new BenchPart(run.Data.Dev.Samples, tokenizer));
    }

    private NgramShape Shape =>
        new(_run.Classes, _train.Samples[0].Pair is not null, _options.TableBits, BenchTask.Tokenizer);

    /// <summary>Trains an exit; its logits of the selection and dev samples.</summary>
    public (float[][] Selection, float[][] Dev) Logits(Action<BenchPart, int, int, HashSet<int>> features)
    {
        var lists = FeatureVariants.Lists(_train, _options.TableBits, features);
        var order = Enumerable.Range(0, lists.Count).OrderBy(i => NgramFolds.Hash(_train.Samples[i], 0)).Take(Most).ToArray();
        double[] losses = [.. s_rates.Select(rate => Loss(lists, order, rate))];
        var rate = s_rates[Array.FindIndex(losses, loss => loss <= 1.01 * losses.Min())];
        var weights = Train(lists, [.. Enumerable.Range(0, lists.Count)], rate);
        return (Of(_selection), Of(_dev));

        float[][] Of(BenchPart part)
        {
            var own = FeatureVariants.Lists(part, _options.TableBits, features);
            return [.. Enumerable.Range(0, own.Count).Select(i => Score(weights, own[i]))];
        }
    }

    private double Loss(FeatureLists lists, int[] order, double rate)
    {
        var loss = 0.0;
        for (var held = 0; held < Folds; held++)
        {
            int[] fold = [.. order.Where((_, place) => (long)place * Folds / order.Length == held)];
            var weights = Train(lists, [.. order.Except(fold)], rate);
            foreach (var i in fold)
                loss -= Math.Log(Math.Max(1e-30, Softmax.Probability(Score(weights, lists[i]), _train.Samples[i].Label)));
        }

        return loss;
    }

    private NgramWeights Train(FeatureLists lists, int[] samples, double rate)
    {
        var starts = new int[samples.Length + 1];
        var values = new List<int>();
        foreach (var (place, sample) in samples.Index())
        {
            values.AddRange(lists[sample]);
            starts[place + 1] = values.Count;
        }

        var targets = new NgramTargets([.. samples.Select(i => _train.Samples[i])], _run.Classes, _options.LabelSmoothing);
        return NgramTrainer.Train(Shape, new FeatureLists(starts, [.. values]), targets, _options, rate, null, default);
    }

    private static float[] Score(NgramWeights weights, ReadOnlySpan<int> buckets)
    {
        var logits = new float[weights.Classes];
        FeatureVariants.Score(weights, buckets, logits);
        return logits;
    }
}
