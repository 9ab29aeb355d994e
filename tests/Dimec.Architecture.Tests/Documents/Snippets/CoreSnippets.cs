using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Exits.Ngrams;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Predictions;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec</c>.</summary>
internal static class CoreSnippets
{
    public static void Map()
    {
        var epochs = TrainingDynamicsFolder.Open("my-training/training_dynamics");
        foreach (var sample in DataMap.Read(epochs, new CartographyOptions()))
            Console.WriteLine($"{sample.Guid.Text}: confidence {sample.Confidence:0.00}, variability {sample.Variability:0.00}");
    }

    public static void Plan()
    {
        using var file = File.OpenRead("predictions/selection.jsonl");
        var selection = new SelectionPart(RecordedExits.Read(file, "selection", file.Name));
        var planner = new Planner(new PlanRequest { Selection = selection, Costs = CostStructure.Default([2, 4, 6]) });
        if (planner.Plan("cascade") is PlanOutcome.Planned { Plan: var plan })
            Console.WriteLine($"{plan.Expected.Reduction:P1} of the cost saved at a drop of {plan.Expected.Drop:P1}");
    }

    public static void Ngrams(NgramSample[] samples, string tokenizerSha256, int[] tokenIds, float[] logits)
    {
        var weights = NgramTrainer.Train(samples, classes: 2, tokenizerSha256);
        AtomicFile.Write("ngram.bin", weights.Quantize().Write);

        using var stream = File.OpenRead("ngram.bin");
        var exit = NgramModel.Read(stream, stream.Name, tokenizerSha256);
        exit.Score(tokenIds, pair: default, logits);
    }
}
