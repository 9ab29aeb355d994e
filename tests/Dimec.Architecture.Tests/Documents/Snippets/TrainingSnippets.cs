using Dimec.Checkpoints;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Training</c>.</summary>
internal static class TrainingSnippets
{
    public static void Train()
    {
        var data = DataSpec.Parse("reviews.tsv", new ReaderOptions { TextColumn = "text", LabelColumn = "label" }).Load();
        var checkpoint = Checkpoint.Load("bert-base-uncased");
        var result = Trainer.Train(new TrainingArguments { Exits = [3, 6, 12], Out = "run" }, data, checkpoint);
        foreach (var (exit, accuracy) in result.Accuracy["dev"])
            Console.WriteLine($"exit {exit}: {accuracy:P1}");
    }
}
