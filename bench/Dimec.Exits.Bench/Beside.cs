using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Exits.Bench;

/// <summary>
/// What else could answer before a layer runs, beside a run's exit 0: alone, and as a further input of the stacked exits 0, 2 and the
/// last.
/// </summary>
internal static class Beside
{
    private const int Hidden = 64;
    private const int MostEpochs = 30;

    public static void Run(BenchRun run, WordPieceTokenizer tokenizer)
    {
        Print(run, "a network of 64 over e(x)", Network(run, Hidden));
        Print(run, "a linear softmax over e(x)", Network(run, 0));
        foreach (var name in new[] { "character 3- to 5-grams alone", "and character 3- to 5-grams" })
        {
            var features = FeatureVariants.All.Single(variant => variant.Name == name).Features;
            Print(run, name, new FeatureTraining(run, tokenizer).Logits(features));
        }
    }

    private static (float[][] Selection, float[][] Dev) Network(BenchRun run, int hidden)
    {
        var embeddings = run.Embeddings();
        var labels = run.Data.Train.Samples.ToDictionary(sample => sample.Guid, sample => sample.Label);
        var network = DenseNetwork.Train(
            [.. Enumerable.Range(0, embeddings.Guids.Count).Select(i => embeddings[i].ToArray())],
            [.. embeddings.Guids.Select(guid => labels[guid])], hidden, run.Classes, MostEpochs, stops: true);
        return (Of(run.Selection), Of(run.Dev));

        float[][] Of(RecordedExits part) =>
            [.. Enumerable.Range(0, part.Count).Select(i => network.Logits(part.Embedding(i)))];
    }

    private static void Print(BenchRun run, string name, (float[][] Selection, float[][] Dev) logits)
    {
        int[] layers = [2, run.Last];
        var stacked = new StackedCandidate(run, logits.Selection, logits.Dev, layers);
        Console.WriteLine($"{run.Name}: {name}");
        Console.WriteLine(
            $"  in exit 0's place: selection {PairedGain.Of(Zero(run.Selection), Right(run.Selection, logits.Selection))}, "
            + $"dev {PairedGain.Of(Zero(run.Dev), Right(run.Dev, logits.Dev))}");
        foreach (var exit in (int[])[0, .. layers])
        {
            int[] before = exit == 0 ? [0] : [0, exit];
            int[] after = exit == 0 ? [0, StackedCandidate.Candidate] : [0, StackedCandidate.Candidate, exit];
            var (selection, dev) = stacked.Gain(before, after);
            Console.WriteLine($"  stacked exit {exit}: selection {selection}, dev {dev}");
        }
    }

    private static bool[] Zero(RecordedExits part) =>
        [.. Enumerable.Range(0, part.Count).Select(i => Softmax.ArgMax(part.ZeroLogits(i)) == part.Gold[i])];

    private static bool[] Right(RecordedExits part, float[][] logits) =>
        [.. logits.Select((of, i) => Softmax.ArgMax(of) == part.Gold[i])];
}
