using Dimec.Text;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Text</c>.</summary>
internal static class TextSnippets
{
    public static void Tokenize()
    {
        var tokenizer = WordPieceTokenizer.FromFolder("all-MiniLM-L6-v2");
        var encoded = tokenizer.Encode("Gets the number of elements.", pair: null, maxLength: 128);
        Console.WriteLine(string.Join(' ', encoded.Ids));
    }

    public static void Load()
    {
        var options = new ReaderOptions { TextColumn = "text", LabelColumn = "label" };
        var task = DataSpec.Parse("reviews.tsv", options).Load();
        Console.WriteLine($"{task.Train.Samples.Count} samples to train on: {string.Join(", ", task.Labels)}");
    }
}
