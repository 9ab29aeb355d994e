using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;
using Dimec.Text;

namespace Dimec.Inference.Tests.Tiers;

public sealed class TierModelTests : IDisposable
{
    private static readonly ExitHeadConfig s_pairs =
        new([1, 2, 3], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 32) { HasPair = true };

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Encodings_of_any_lengths_are_padded_and_answered_as_the_formulas_do(bool pairs)
    {
        var checkpoint = RandomCheckpoint.Create(exits: pairs ? s_pairs : null);
        var bundle = Write(checkpoint);
        var random = new Random(3);
        var encodings = Enumerable.Range(1, 33).Select(i => Encode(random, i == 1 ? 1 : random.Next(1, 30), pairs)).ToArray();
        var reference = new ReferenceEncoder(checkpoint);
        foreach (var tier in bundle.Manifest.Tiers)
        {
            using var model = TierModel.Load(bundle, tier.Name);
            var logits = model.Run(encodings);
            Assert.Equal(33 * 2, logits.Length);
            for (var row = 0; row < 33; row++)
            {
                var expected = reference.Logits(encodings[row].Ids, encodings[row].TypeIds, tier.Exit);
                Assert.Equal(expected[0], logits[2 * row], 2e-5);
                Assert.Equal(expected[1], logits[(2 * row) + 1], 2e-5);
            }
        }
    }

    [Fact]
    public void A_model_whose_tokens_have_no_types_takes_pairs_all_the_same()
    {
        var checkpoint = RandomCheckpoint.Create(RandomCheckpoint.Config(architecture: DistilBert.Architecture), s_pairs);
        var bundle = Write(checkpoint);
        var random = new Random(3);
        var encodings = Enumerable.Range(1, 9).Select(_ => Encode(random, random.Next(1, 30), true)).ToArray();
        var reference = new DistilBertReference(checkpoint);
        using var layer = EmbeddingLayer.Open(bundle);
        using var model = TierModel.Load(bundle, "edge");
        Assert.False(model.UsesTokenTypes);
        var logits = model.Run(encodings);
        for (var row = 0; row < encodings.Length; row++)
        {
            var expected = reference.Logits(encodings[row].Ids, 2);
            Assert.Equal(expected[0], logits[2 * row], 2e-5);
            Assert.Equal(expected[1], logits[(2 * row) + 1], 2e-5);
            var tokens = reference.HiddenStates(encodings[row].Ids)[0];
            var embedding = layer.Embed(encodings[row]);
            for (var h = 0; h < embedding.Length; h++)
                Assert.Equal(tokens.Average(token => token[h]), embedding[h], 1e-5);
        }

        var types = Assert.Throws<InputException>(() =>
            model.Run(new long[] { 1 }, new long[] { 1 }, new long[] { 0 }, 1, 1, new float[2]));
        Assert.Equal("token_type_ids: are given to a model that takes none; leave them out.", types.Message);
    }

    [Fact]
    public void Golden_answers_are_met()
    {
        var bundle = Write();
        using var model = TierModel.Load(bundle, "edge");
        foreach (var sample in bundle.ReadGolden())
        {
            var found = model.Run([bundle.Tokenizer.Encode(sample.Text, sample.Pair, bundle.Manifest.MaxLength)]);
            Assert.All(found.Zip(sample.Logits[2]), pair => Assert.Equal(pair.Second, pair.First, 2e-5f));
        }
    }

    [Fact]
    public async Task Many_threads_may_run_one_model()
    {
        using var model = TierModel.Load(Write(), "cloud");
        var random = new Random(5);
        var batches = Enumerable.Range(0, 40)
            .Select(_ => Enumerable.Range(0, random.Next(1, 9)).Select(_ => Encode(random, random.Next(1, 40), false)).ToArray())
            .ToArray();
        var alone = batches.Select(batch => model.Run(batch)).ToArray();
        var together = await Task.WhenAll(batches.Select(batch => Task.Run(() => model.Run(batch))));
        for (var i = 0; i < batches.Length; i++)
            Assert.All(alone[i].Zip(together[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_large_batch_that_gives_its_memory_back_answers_the_same()
    {
        var bundle = Write();
        using var keeping = TierModel.Load(bundle, "cloud");
        using var shrinking = TierModel.Load(bundle, "cloud", new TierModelOptions { ShrinkFromTokens = 1, Threads = 1 });
        var random = new Random(7);
        for (var round = 0; round < 3; round++)
        {
            var batch = Enumerable.Range(0, 50).Select(_ => Encode(random, 60, false)).ToArray();
            Assert.All(keeping.Run(batch).Zip(shrinking.Run(batch)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3 * 29 * 29)]
    public void A_batch_of_more_attention_than_a_run_may_have_is_run_in_parts_and_answers_the_same(int most)
    {
        var bundle = Write(RandomCheckpoint.Create(exits: s_pairs));
        using var whole = TierModel.Load(bundle, "cloud");
        using var parts = TierModel.Load(bundle, "cloud", new TierModelOptions { MaxAttention = most });
        var random = new Random(9);
        var batch = Enumerable.Range(0, 10).Select(_ => Encode(random, random.Next(1, 30), true)).ToArray();
        Assert.All(whole.Run(batch).Zip(parts.Run(batch)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Padding_may_hold_anything_within_range()
    {
        using var model = TierModel.Load(Write(), "cloud");
        var (plain, padded) = (new float[2], new float[2]);
        model.Run(new long[] { 2, 7, 3 }, new long[] { 1, 1, 1 }, default, 1, 3, plain);
        model.Run(new long[] { 2, 7, 3, 49, 12 }, new long[] { 1, 1, 1, 0, 0 }, default, 1, 5, padded);
        Assert.All(plain.Zip(padded), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Theory]
    [InlineData(
        new long[] { 2, 50, 3, 2, 5, 3 }, new long[] { 1, 1, 1, 1, 1, 1 }, "input_ids row 0, token 1: is 50; send values from 0 to 49.")]
    [InlineData(
        new long[] { 2, 7, 3, 2, 5, -1 }, new long[] { 1, 1, 1, 1, 1, 1 }, "input_ids row 1, token 2: is -1; send values from 0 to 49.")]
    [InlineData(
        new long[] { 2, 7, 3, 2, 5, 3 }, new long[] { 1, 1, 1, 1, 2, 1 }, "attention_mask row 1, token 1: is 2; send values from 0 to 1.")]
    [InlineData(
        new long[] { 2, 7, 3, 2, 5, 3 }, new long[] { 1, 1, 1, 0, 0, 0 },
        "attention_mask row 1: has no real token; set at least one place to 1.")]
    [InlineData(new long[] { 2, 7, 3, 2, 5 }, new long[] { 1, 1, 1, 1, 1, 1 }, "input_ids: has 5 values; send 2 × 3 = 6.")]
    [InlineData(new long[] { 2, 7, 3, 2, 5, 3 }, new long[] { 1, 1 }, "attention_mask: has 2 values; send 2 × 3 = 6.")]
    public void Wrong_values_are_named_by_row_and_place(long[] ids, long[] mask, string message)
    {
        using var model = TierModel.Load(Write(), "mobile");
        Assert.Equal(message, Assert.Throws<InputException>(() => model.Run(ids, mask, default, 2, 3, new float[4])).Message);
    }

    [Theory]
    [InlineData(0, 3, "input_ids: has 0 rows; send at least one sample.")]
    [InlineData(1, 0, "input_ids: has 0 tokens a row; send 1 to 64 tokens.")]
    [InlineData(1, 65, "input_ids: has 65 tokens a row; send 1 to 64 tokens.")]
    [InlineData(20, 60, "input_ids: is a batch of 20 × 60 tokens, over the limit of 1000; send smaller batches.")]
    public void A_shape_out_of_range_is_refused(int batch, int length, string message)
    {
        using var model = TierModel.Load(Write(), "mobile", new TierModelOptions { MaxBatchTokens = 1000 });
        var ones = Enumerable.Repeat(1L, batch * length).ToArray();
        Assert.Equal(
            message, Assert.Throws<InputException>(() => model.Run(ones, ones, default, batch, length, new float[2 * batch])).Message);
        var encodings = Enumerable.Repeat(new TokenizedText(new int[length], new int[length], false), batch).ToArray();
        Assert.Throws<InputException>(() => model.Run(encodings));
    }

    [Fact]
    public void Token_types_are_asked_for_where_the_model_takes_them_and_only_there()
    {
        using var single = TierModel.Load(Write(), "mobile");
        using var pairs = TierModel.Load(Write(RandomCheckpoint.Create(exits: s_pairs)), "mobile");
        long[] ones = [1, 1];
        Assert.Equal((false, true), (single.UsesTokenTypes, pairs.UsesTokenTypes));
        Assert.Equal("token_type_ids: are given to a model that takes none; leave them out.",
            Assert.Throws<InputException>(() => single.Run(ones, ones, ones, 1, 2, new float[2])).Message);
        Assert.Equal("token_type_ids: has 0 values; send 1 × 2 = 2.",
            Assert.Throws<InputException>(() => pairs.Run(ones, ones, default, 1, 2, new float[2])).Message);
        Assert.Equal("token_type_ids row 0, token 0: is 2; send values from 0 to 1.",
            Assert.Throws<InputException>(() => pairs.Run(ones, ones, new long[] { 2, 0 }, 1, 2, new float[2])).Message);
    }

    [Fact]
    public void Options_out_of_range_are_reported_together()
    {
        var options = new TierModelOptions { Threads = 0, MaxBatchTokens = 0, MaxAttention = 0, ShrinkFromTokens = -1 };
        var error = Assert.Throws<InputException>(() => TierModel.Load(Write(), "mobile", options));
        Assert.Equal(["Threads", "MaxBatchTokens", "MaxAttention", "ShrinkFromTokens"], error.Errors.Select(problem => problem.Where));
    }

    [Fact]
    public void A_model_that_was_disposed_refuses_to_run()
    {
        var model = TierModel.Load(Write(), "mobile");
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Run([Encode(new Random(1), 3, false)]));
        model.Dispose();
    }

    [Fact]
    public void A_broken_model_is_refused()
    {
        var bundle = Write();
        TinyBundle.Replace(bundle.Folder, "mobile.onnx", [1, 2, 3]);
        var message = Assert.Throws<InputException>(() => TierModel.Load(Bundle.Open(bundle.Folder), "mobile")).Message;
        Assert.StartsWith(
            $"{Path.Combine(bundle.Folder, "mobile.onnx")}: cannot be loaded by ONNX Runtime (", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_tasks_model_is_refused()
    {
        var bundle = Write();
        var three = Write(RandomCheckpoint.Create(exits: new ExitHeadConfig([1, 2, 3], "linear", "mean", ["a", "b", "c"], 32)));
        var pairs = Write(RandomCheckpoint.Create(exits: s_pairs));
        TinyBundle.Replace(bundle.Folder, "mobile.onnx", File.ReadAllBytes(Path.Combine(three.Folder, "mobile.onnx")));
        TinyBundle.Replace(bundle.Folder, "edge.onnx", File.ReadAllBytes(Path.Combine(pairs.Folder, "edge.onnx")));
        var changed = Bundle.Open(bundle.Folder);
        Assert.Contains(
            "where the bundle needs fp32 logits [batch, 2]", Assert.Throws<InputException>(() => TierModel.Load(changed, "mobile")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "takes input_ids, attention_mask, token_type_ids where",
            Assert.Throws<InputException>(() => TierModel.Load(changed, "edge")).Message, StringComparison.Ordinal);
    }

    private Bundle Write(Checkpoint? checkpoint = null)
    {
        var folder = _temporary.File(Guid.NewGuid().ToString("N"));
        TinyBundle.Write(folder, checkpoint);
        return Bundle.Open(folder);
    }

    private static TokenizedText Encode(Random random, int length, bool pairs) => new(
        [.. Enumerable.Range(0, length).Select(_ => random.Next(50))],
        [.. Enumerable.Range(0, length).Select(i => pairs && i > length / 2 ? 1 : 0)],
        false);
}
