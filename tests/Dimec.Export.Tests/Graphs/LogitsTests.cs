using CsCheck;
using Dimec.Checkpoints;

namespace Dimec.Export.Tests.Graphs;

/// <summary>Exported models against the formulas, computed sample by sample without padding in double precision.</summary>
public class LogitsTests
{
    [Theory]
    [InlineData("pooler", "mean", Activation.Gelu)]
    [InlineData("linear", "mean", Activation.GeluTanh)]
    [InlineData("pooler", "cls", Activation.Relu)]
    [InlineData("linear", "cls", Activation.Gelu)]
    public void Every_exit_of_a_padded_batch_answers_as_the_formulas_do(string head, string pooling, Activation activation)
    {
        var config = RandomCheckpoint.Config(activation: activation);
        var checkpoint = RandomCheckpoint.Create(config, new ExitHeadConfig([1, 2, 3], head, pooling, ["a", "b", "c"], 32));
        var batch = new RandomBatch(config, [1, 9, 5, 12], padded: 14, seed: 2);
        foreach (var exit in checkpoint.Exits!.Exits)
        {
            using var typed = OnnxSession.Open(OnnxSession.Export(checkpoint, exit, tokenTypes: true));
            Compare(checkpoint, exit, batch, typed.Run(batch.Ids, batch.Mask, batch.Types, batch.Count), batch.RowTypes);
            using var untyped = OnnxSession.Open(OnnxSession.Export(checkpoint, exit));
            Compare(checkpoint, exit, batch, untyped.Run(batch.Ids, batch.Mask, null, batch.Count), row => new int[batch.Lengths[row]]);
        }
    }

    [Fact]
    public void Any_batch_and_any_padding_give_the_same_answers()
    {
        var config = RandomCheckpoint.Config();
        var checkpoint = RandomCheckpoint.Create(config);
        using var session = OnnxSession.Open(OnnxSession.Export(checkpoint, exit: 2));
        var batches = from lengths in Gen.Int[1, 20].Array[1, 33]
                      from padding in Gen.Int[0, 30]
                      from seed in Gen.Int
                      select new RandomBatch(config, lengths, lengths.Max() + padding, seed);
        batches.Sample(
            batch =>
                Compare(checkpoint, 2, batch, session.Run(batch.Ids, batch.Mask, null, batch.Count), row => new int[batch.Lengths[row]]),
            iter: 30, threads: 1);
    }

    [Fact]
    public void A_model_without_a_second_token_type_is_exported()
    {
        var config = RandomCheckpoint.Config(types: 1);
        var checkpoint = RandomCheckpoint.Create(config);
        var batch = new RandomBatch(config, [3, 4], padded: 4, seed: 5);
        using var session = OnnxSession.Open(OnnxSession.Export(checkpoint, exit: 3));
        Compare(checkpoint, 3, batch, session.Run(batch.Ids, batch.Mask, null, 2), row => new int[batch.Lengths[row]]);
    }

    private static void Compare(Checkpoint checkpoint, int exit, RandomBatch batch, float[] found, Func<int, int[]> types)
    {
        var reference = new ReferenceEncoder(checkpoint);
        var classes = checkpoint.Exits!.Labels.Count;
        Assert.Equal(batch.Count * classes, found.Length);
        for (var row = 0; row < batch.Count; row++)
        {
            var expected = reference.Logits(batch.RowIds(row), types(row), exit);
            for (var c = 0; c < classes; c++)
                Assert.Equal(expected[c], found[(row * classes) + c], 2e-5);
        }
    }
}
