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

    private Bundle Write(Checkpoint? checkpoint = null, EmbeddingKind kind = EmbeddingKind.LayerNorm)
    {
        TinyBundle.Write(_temporary.File("bundle"), checkpoint, embedding: kind);
        return Bundle.Open(_temporary.File("bundle"));
    }
}
