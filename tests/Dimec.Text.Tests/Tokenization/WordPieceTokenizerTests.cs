using CsCheck;

namespace Dimec.Text.Tests.Tokenization;

public sealed class WordPieceTokenizerTests
{
    private const int Unknown = 1;
    private static readonly WordPieceTokenizer s_letters = Tokenizers.Small("a", "b", "##a", "##b", "é", "[", "]");

    [Fact]
    public void Special_tokens_stand_around_a_text_and_between_a_pair()
    {
        Assert.Equal([2, 5, 3], s_letters.Encode("a", null, 16).Ids);
        var pair = s_letters.Encode("a", "b", 16);
        Assert.Equal([2, 5, 3, 6, 3], pair.Ids);
        Assert.Equal([0, 0, 0, 1, 1], pair.TypeIds);
        Assert.Equal([2, 5, 3, 3], s_letters.Encode("a", "", 16).Ids);
    }

    [Theory]
    [InlineData("a b", null)]
    [InlineData("", null)]
    [InlineData("a", "b b a")]
    [InlineData("", "b")]
    [InlineData("a", "")]
    public void The_texts_are_found_again_in_their_encoding(string text, string? pair)
    {
        var ids = s_letters.Encode(text, pair, 16).Ids;
        var found = s_letters.Split(ids, pair is not null)!.Value;
        int[] Alone(string one) => s_letters.Encode(one, null, 16).Ids[1..^1];
        Assert.Equal(Alone(text), ids[found.Text]);
        Assert.Equal(pair is null ? [] : Alone(pair), ids[found.Pair]);
        // Without its special tokens it is none.
        Assert.Null(s_letters.Split(ids.AsSpan(1), pair is not null));
        Assert.Null(s_letters.Split(ids.AsSpan()[..^1], pair is not null));
        Assert.Null(s_letters.Split([], pair is not null));
    }

    [Fact]
    public void A_special_token_in_the_text_is_that_token() => Assert.Equal([2, 5, 4, 6, 3], s_letters.Encode("a[MASK]b", null, 16).Ids);

    [Fact]
    public void A_word_of_100_code_points_is_cut_and_one_of_101_is_unknown()
    {
        Assert.Equal(102, s_letters.Encode(new string('a', 100), null, 512).Ids.Length);
        Assert.Equal([2, Unknown, 3], s_letters.Encode(new string('a', 101), null, 512).Ids);
    }

    [Fact]
    public void The_limit_on_a_word_counts_code_points_not_utf16_units()
    {
        var tokenizer = Tokenizers.Small("\U00010428", "##\U00010428");

        Assert.Equal(102, tokenizer.Encode(string.Concat(Enumerable.Repeat("\U00010428", 100)), null, 512).Ids.Length);
    }

    [Fact]
    public void A_surrogate_without_its_partner_counts_as_the_replacement_character()
    {
        Assert.Equal(s_letters.Encode("a\uFFFDb", null, 16).Ids, s_letters.Encode("a\uD800b", null, 16).Ids);
        Assert.Equal(s_letters.Encode("a", null, 16).Ids, s_letters.Encode("a\uDC00", null, 16).Ids);
    }

    [Theory]
    [InlineData("a a", 4, false)]
    [InlineData("a a a", 4, true)]
    [InlineData("", 2, false)]
    [InlineData("a", 2, true)]
    public void Truncated_says_whether_tokens_were_cut_off(string text, int maxLength, bool truncated) =>
        Assert.Equal(truncated, s_letters.Encode(text, null, maxLength).Truncated);

    [Fact]
    public void No_room_for_the_special_tokens_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => s_letters.Encode("a", null, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_letters.Encode("a", "b", 2));
    }

    [Fact]
    public void An_encoding_that_was_cut_is_the_start_of_the_whole_one() =>
        Gen.Select(Gen.String, Gen.Int[2, 40]).Sample((text, length) =>
        {
            var whole = s_letters.Encode(text, null, int.MaxValue).Ids;
            var cut = s_letters.Encode(text, null, length);
            Assert.Equal([.. whole[..^1].Take(length - 1), 3], cut.Ids);
            Assert.Equal(whole.Length > length, cut.Truncated);
        });

    [Fact]
    public void A_pair_is_cut_as_its_whole_lengths_say() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 400], Gen.Int[3, 40]).Sample((first, second, length) =>
        {
            string Words(int count, char letter) => string.Join(' ', Enumerable.Repeat(letter, count));
            var encoding = s_letters.Encode(Words(first, 'a'), Words(second, 'b'), length);
            var (text, pair) = (encoding.Ids.Count(id => id == 5), encoding.Ids.Count(id => id == 6));
            Assert.Equal(Math.Min(first + second, length - 3), text + pair);
            Assert.Equal(first + second > length - 3, encoding.Truncated);

            // Only the longer text gives up tokens until both are alike; an odd one is the longer text's, or the second's.
            var half = (length - 3) / 2;
            Assert.True(text >= Math.Min(first, half) && pair >= Math.Min(second, half));
            if (first > half && second > half && first + second > length - 3 && (length - 3) % 2 == 1)
                Assert.Equal(first > second, text > pair);
        });

    [Fact]
    public void Threads_may_share_a_tokenizer()
    {
        var texts = Enumerable.Range(0, 2000).Select(i => $"a{new string('b', i % 70)} \u00C9 [SEP] {i}").ToArray();
        var expected = texts.Select(text => s_letters.Encode(text, text, 64).Ids).ToArray();

        Parallel.For(0, texts.Length, i => Assert.Equal(expected[i], s_letters.Encode(texts[i], texts[i], 64).Ids));
    }

    [Fact]
    public void A_huge_text_costs_no_more_memory_than_its_start()
    {
        var (shortText, longText) = (new string('x', 10_000), new string('x', 20_000_000));
        s_letters.Encode(shortText, null, 128);

        Assert.Equal(Allocated(shortText), Allocated(longText));

        static long Allocated(string text)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            s_letters.Encode(text, null, 128);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void The_ids_alone_are_those_between_the_special_tokens() =>
        Gen.Select(Gen.String[Gen.OneOf(Gen.Char['a', 'f'], Gen.Char), 0, 60], Gen.Int[0, 40]).Sample((text, room) =>
        {
            var ids = new int[room];
            var count = s_letters.Encode(text, ids);
            Assert.Equal(s_letters.Encode(text, null, room + 2).Ids[1..^1], ids[..count]);
        });

    [Fact]
    public void The_ids_alone_cost_no_allocation()
    {
        var tokenizer = Tokenizers.Small("la", "##mp", "##oo", "n");
        const string Text = "Lampoon, la LAMP n xyz \u00C9 \u4E00 [MASK] lamp";
        var ids = new int[64];
        var count = tokenizer.Encode(Text, ids);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            tokenizer.Encode(Text, ids);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(tokenizer.Encode(Text, null, 66).Ids[1..^1], ids[..count]);
    }

    [Fact]
    public void Vocabulary_files_with_other_line_ends_are_the_same()
    {
        var text = string.Join("\r\n", [.. Tokenizers.Special, "a", "b"]);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));

        var tokenizer = WordPieceTokenizer.FromVocabulary(stream, lowercase: true);

        Assert.Equal([2, 6, 5, 3], tokenizer.Encode("B A", null, 16).Ids);
        Assert.Equal((7, 0), (tokenizer.VocabularySize, tokenizer.PadId));
    }
}
