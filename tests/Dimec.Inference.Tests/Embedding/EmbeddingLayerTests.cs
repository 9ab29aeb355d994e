using CsCheck;
using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Inference.Tests.Embedding;

public sealed class EmbeddingLayerTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(EmbeddingKind.LayerNorm, 24, false, 24)]
    [InlineData(EmbeddingKind.LayerNorm, 9, true, 9)]
    [InlineData(EmbeddingKind.Sum, 24, true, 24)]
    [InlineData(EmbeddingKind.TokenNorms, 24, true, 64)]
    public void The_embedding_is_of_the_kind_that_the_bundle_was_made_for(EmbeddingKind kind, int hidden, bool pairs, int size)
    {
        var exits = new ExitHeadConfig([1, 2, 3], "linear", "cls", ["no", "yes"], 64) { HasPair = pairs };
        var checkpoint = RandomCheckpoint.Create(RandomCheckpoint.Config(hidden), exits);
        using var layer = EmbeddingLayer.Open(Write(checkpoint, kind));
        var reference = new ReferenceEncoder(checkpoint);
        Assert.Equal(size, layer.Size);
        var samples = from ids in Gen.Int[0, 49].Array[1, 64]
                      from types in Gen.Int[0, pairs ? 1 : 0].Array[ids.Length]
                      select new TokenizedText(ids, types, false);
        samples.Sample(
            sample =>
            {
                var expected = reference.Embedding(kind, sample.Ids, sample.TypeIds);
                Assert.Equal(size, expected.Length);
                Assert.All(expected.Zip(layer.Embed(sample)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            },
            iter: 200);
    }

    /// <summary>The rows as the models compute with them: of 8 bits, the scale is the row's largest magnitude / 127.</summary>
    [Theory]
    [InlineData(ModelPrecision.Fp16, EmbeddingKind.LayerNorm)]
    [InlineData(ModelPrecision.Int8, EmbeddingKind.LayerNorm)]
    [InlineData(ModelPrecision.Int8, EmbeddingKind.Sum)]
    [InlineData(ModelPrecision.Int8, EmbeddingKind.TokenNorms)]
    public void The_embedding_is_of_the_tables_as_they_were_rounded(ModelPrecision precision, EmbeddingKind kind)
    {
        var exits = new ExitHeadConfig([1, 2, 3], "linear", "cls", ["no", "yes"], 64);
        var checkpoint = RandomCheckpoint.Create(exits: exits);
        using var layer = EmbeddingLayer.Open(Write(checkpoint, kind, precision));
        var rounded = RandomCheckpoint.Create(exits: exits);
        foreach (var name in new[] { "word", "position", "token_type" })
        {
            var table = rounded.Weights[$"embeddings.{name}_embeddings.weight"].Values;
            if (precision == ModelPrecision.Fp16)
                Change(table, value => (float)(Half)value);
            else if (name == "word")
                Round(table);
        }

        var ids = Enumerable.Range(0, 50).ToArray();
        var expected = new ReferenceEncoder(rounded).Embedding(kind, ids, new int[50]);
        Assert.All(
            expected.Zip(layer.Embed(new TokenizedText(ids, new int[50], false))), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        static void Change(Span<float> values, Func<float, float> change)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = change(values[i]);
        }

        static void Round(float[] table)
        {
            for (var row = 0; row < table.Length; row += 24)
            {
                var scale = table.Skip(row).Take(24).Max(Math.Abs) / 127;
                Change(table.AsSpan(row, 24), value => MathF.Round(value / scale) * scale);
            }
        }
    }

    [Fact]
    public void Scales_that_do_not_lie_in_the_file_are_said()
    {
        var bundle = Write(precision: ModelPrecision.Int8);
        TinyBundle.Rewrite(bundle.Folder, manifest => manifest with
        {
            Embeddings = manifest.Embeddings with { Word = manifest.Embeddings.Word with { Scales = long.MaxValue } },
        });
        var error = Assert.Throws<InputException>(() => EmbeddingLayer.Open(Bundle.Open(bundle.Folder)));
        Assert.StartsWith(
            "bundle.json embeddings.word: is 50 × 24 int8 numbers at byte 0 with scales at byte 9223372036854775807, which ", error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new int[0], "ids: are 0 tokens; give 1 to 64.")]
    [InlineData(new[] { 1, 50 }, "id of token 1: is 50; give values from 0 to 49.")]
    [InlineData(new[] { -1 }, "id of token 0: is -1; give values from 0 to 49.")]
    public void Tokens_out_of_range_are_named(int[] ids, string message)
    {
        using var layer = EmbeddingLayer.Open(Write());
        Assert.Equal(message, Assert.Throws<InputException>(() => layer.Embed(ids, [], new float[24])).Message);
    }

    [Fact]
    public void Too_many_tokens_and_types_that_do_not_fit_are_refused()
    {
        using var layer = EmbeddingLayer.Open(Write());
        Assert.Equal(
            "ids: are 65 tokens; give 1 to 64.", Assert.Throws<InputException>(() => layer.Embed(new int[65], [], new float[24])).Message);
        Assert.Equal(
            "types: are 1 for 2 tokens; give one for each token, or none.",
            Assert.Throws<InputException>(() => layer.Embed([1, 2], [0], new float[24])).Message);
        Assert.Equal(
            "type of token 1: is 2; give values from 0 to 1.",
            Assert.Throws<InputException>(() => layer.Embed([1, 2], [0, 2], new float[24])).Message);
        Assert.Throws<ArgumentException>(() => layer.Embed([1], [], new float[23]));
    }

    [Fact]
    public void Norms_of_more_tokens_than_the_longest_input_have_no_place()
    {
        using var layer = EmbeddingLayer.Open(Write(kind: EmbeddingKind.TokenNorms));
        Assert.Equal(
            "ids: are 33 tokens; give 1 to 32.", Assert.Throws<InputException>(() => layer.Embed(new int[33], [], new float[32])).Message);
    }

    [Fact]
    public void Tables_that_do_not_lie_in_the_file_are_reported_together()
    {
        var bundle = Write();
        var size = new FileInfo(Path.Combine(bundle.Folder, bundle.Manifest.Embeddings.File)).Length;
        TinyBundle.Rewrite(bundle.Folder, manifest => manifest with
        {
            Embeddings = manifest.Embeddings with
            {
                Word = manifest.Embeddings.Word with { Offset = size - (50 * 24 * 4) + 1 },
                Position = new TableSlice(-4, 64, 24),
                TokenType = new TableSlice(0, int.MaxValue, 24),
                NormWeight = new TableSlice(0, 1, 23),
                NormEpsilon = 0,
            },
        });
        var error = Assert.Throws<InputException>(() => EmbeddingLayer.Open(Bundle.Open(bundle.Folder)));
        Assert.Equal(
            ["normEpsilon", "word", "position", "tokenType", "normWeight"],
            error.Errors.Select(problem => problem.Where["bundle.json embeddings.".Length..]));
    }

    [Fact]
    public void A_layer_that_was_disposed_refuses_to_read()
    {
        var layer = EmbeddingLayer.Open(Write());
        layer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => layer.Embed([1], [], new float[24]));
    }

    private Bundle Write(
        Checkpoint? checkpoint = null, EmbeddingKind kind = EmbeddingKind.LayerNorm, ModelPrecision precision = ModelPrecision.Fp32)
    {
        TinyBundle.Write(_temporary.File("bundle"), checkpoint, embedding: kind, precision: precision);
        return Bundle.Open(_temporary.File("bundle"));
    }
}
