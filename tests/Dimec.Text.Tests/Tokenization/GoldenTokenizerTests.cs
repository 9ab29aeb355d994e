using System.Text.Json;
using Dimec.Tests;

namespace Dimec.Text.Tests.Tokenization;

/// <summary>Every string of the reference files, which Hugging Face's tokenizers encoded with the same tokenizer.json.</summary>
public sealed class GoldenTokenizerTests
{
    private static WordPieceTokenizer Tokenizer()
    {
        using var stream = File.OpenRead(Repository.RequireShared("models", "all-MiniLM-L6-v2", "tokenizer.json"));
        return WordPieceTokenizer.FromTokenizerJson(stream);
    }

    [Fact]
    public void Single_texts_are_equal()
    {
        var tokenizer = Tokenizer();
        var lines = File.ReadAllLines(Repository.RequireShared("golden", "encoder", "tokenizer.jsonl"));

        Assert.All(lines, line =>
        {
            using var golden = JsonDocument.Parse(line);
            var encoding = tokenizer.Encode(golden.RootElement.GetProperty("text").GetString()!, null, 100_000);
            Assert.Equal(Numbers(golden, "ids"), encoding.Ids);
        });
        Assert.NotEmpty(lines);
    }

    [Fact]
    public void Truncated_pairs_are_equal()
    {
        var tokenizer = Tokenizer();
        var lines = File.ReadAllLines(Repository.RequireShared("golden", "encoder", "tokenizer_pairs.jsonl"));

        Assert.All(lines, line =>
        {
            using var golden = JsonDocument.Parse(line);
            var encoding = tokenizer.Encode(
                golden.RootElement.GetProperty("text").GetString()!,
                golden.RootElement.GetProperty("pair").GetString()!,
                golden.RootElement.GetProperty("max_length").GetInt32());
            Assert.Equal(Numbers(golden, "ids"), encoding.Ids);
            Assert.Equal(Numbers(golden, "type_ids"), encoding.TypeIds);
        });
        Assert.NotEmpty(lines);
    }

    private static int[] Numbers(JsonDocument golden, string name) => [.. golden.RootElement.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];
}
