using System.Text.Json;

namespace Dimec.Text.Tests.Tokenization;

/// <summary>Against strings that Hugging Face's library encoded beforehand.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("tokenizer.jsonl", 773)]
    [InlineData("tokenizer_pairs.jsonl", 200)]
    public void Every_string_gets_the_reference_ids(string file, int count)
    {
        var tokenizer = Tokenizers.MiniLm();
        var lines = File.ReadAllLines(Repository.RequireShared("golden", "encoder", file));

        Assert.Equal(count, lines.Length);
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            var expected = document.RootElement;
            var pair = expected.TryGetProperty("pair", out var second) ? second.GetString() : null;
            var maxLength = expected.TryGetProperty("max_length", out var length) ? length.GetInt32() : int.MaxValue;

            var actual = tokenizer.Encode(expected.GetProperty("text").GetString()!, pair, maxLength);

            Assert.Equal(Numbers(expected.GetProperty("ids")), actual.Ids);
            if (expected.TryGetProperty("type_ids", out var types))
                Assert.Equal(Numbers(types), actual.TypeIds);
        }
    }

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];
}
