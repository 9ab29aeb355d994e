using Dimec.Checkpoints;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Checkpoints</c>.</summary>
internal static class CheckpointSnippets
{
    public static void Copy()
    {
        var checkpoint = Checkpoint.Load("bert-base-uncased");
        Console.WriteLine($"{checkpoint.Config.Layers} layers of {checkpoint.Config.HiddenSize}");
        foreach (var note in checkpoint.Notes)
            Console.WriteLine(note);
        checkpoint.Save("copy");
    }
}
