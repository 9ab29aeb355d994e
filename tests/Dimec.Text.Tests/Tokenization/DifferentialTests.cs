using System.Text.Json.Nodes;

namespace Dimec.Text.Tests.Tokenization;

/// <summary>Against Hugging Face's own library, which reads the tokenizer.json that ours wrote.</summary>
public sealed class DifferentialTests(HuggingFaceTokenizers huggingFace) : IClassFixture<HuggingFaceTokenizers>
{
    private static readonly int[] s_lengths = [3, 4, 5, 8, 9, 16, 17, 31, 64, 4096];

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"lowercase":false}""")]
    [InlineData("""{"lowercase":false,"strip_accents":true}""")]
    [InlineData("""{"strip_accents":false}""")]
    [InlineData("""{"clean_text":false}""")]
    [InlineData("""{"handle_chinese_chars":false,"clean_text":false,"lowercase":false}""")]
    public void Hostile_texts_and_pairs_get_the_same_ids(string normalizer)
    {
        var tokenizer = Tokenizers.Glass(JsonNode.Parse(normalizer)!.AsObject());
        AssertSame(tokenizer, [.. Requests(seed: 1, count: 3000)]);
    }

    [Fact]
    public void A_real_vocabulary_gets_the_same_ids() => AssertSame(Tokenizers.MiniLm(), [.. Requests(seed: 2, count: 4000)]);

    [Fact]
    public void Every_code_point_alone_and_between_letters_gets_the_same_ids()
    {
        var requests = from points in Enumerable.Range(0, 0x110000).Where(point => point is < 0xD800 or > 0xDFFF).Chunk(16)
                       let texts = points.Select(char.ConvertFromUtf32).Select(text => $"{text} ab{text}cd {text}\u0301\u0323")
                       select new EncodeRequest(string.Join(" . ", texts), null, 4096);
        AssertSame(Tokenizers.Glass([]), [.. requests]);
    }

    [Fact]
    public void The_character_table_is_what_the_library_does()
    {
        using var stream = typeof(WordPieceTokenizer).Assembly.GetManifestResourceStream("characters.txt")!;
        using var reader = new StreamReader(stream);

        Assert.Equal(reader.ReadToEnd(), huggingFace.Run("character_table.py", []));
    }

    private void AssertSame(WordPieceTokenizer tokenizer, List<EncodeRequest> requests)
    {
        var expected = huggingFace.Encode(tokenizer, requests);
        Assert.Equal(requests.Count, expected.Count);
        for (var i = 0; i < requests.Count; i++)
        {
            var (text, pair, length) = requests[i];
            var actual = tokenizer.Encode(text, pair, length);
            Assert.True(
                actual.Ids.SequenceEqual(expected[i].Ids) && actual.TypeIds.SequenceEqual(expected[i].TypeIds),
                $"{requests[i]}: {string.Join(' ', actual.Ids)} where Hugging Face has {string.Join(' ', expected[i].Ids)}");
        }
    }

    private static IEnumerable<EncodeRequest> Requests(int seed, int count)
    {
        var (texts, random) = (new HostileTexts(seed), new Random(seed));
        for (var i = 0; i < count; i++)
        {
            yield return new EncodeRequest(
                texts.Next(), random.Next(2) == 0 ? texts.Next() : null, s_lengths[random.Next(s_lengths.Length)]);
        }
    }
}
