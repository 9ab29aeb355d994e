using Dimec.Bundles;
using Dimec.Inference.Batching;

namespace Dimec.Inference.Tests.Batching;

/// <summary>Rows are rows, whoever sent them: run together or apart, each gets what the layers say to its own.</summary>
public class RowBatchesTests
{
    private static readonly LayerStretch s_whole = new(0, 4);
    private int _runs;

    [Fact]
    public void Rows_of_two_requests_run_together_get_what_they_get_apart()
    {
        var batches = Batches(maxRows: 8, maxTokens: 64);
        TierRow[] first = [Row(7, 8, 9), Row(5)];
        TierRow[] second = [Row(1, 2), Row(3, 4, 5, 6)];
        float[] apart = [.. batches.Run(s_whole, first, false).Logits, .. batches.Run(s_whole, second, false).Logits];
        Assert.Equal(2, _runs);

        Assert.Equal(apart, batches.Run(s_whole, [.. first, .. second], false).Logits);
        Assert.Equal(3, _runs);
        Assert.Equal([24, 3, 5, 1, 3, 2, 18, 4], apart);
    }

    [Theory]
    [InlineData(2, 64, 3)]
    [InlineData(8, 2, 4)]
    [InlineData(8, 8, 2)]
    public void A_run_has_no_more_rows_and_tokens_than_it_may(int maxRows, int maxTokens, int runs)
    {
        var result = Batches(maxRows, maxTokens).Run(s_whole, [Row(1, 2), Row(3), Row(4, 5), Row(6, 7), Row(8)], false);
        Assert.Equal([3, 2, 3, 1, 9, 2, 13, 2, 8, 1], result.Logits);
        Assert.Null(result.Hidden);
        Assert.Equal(runs, _runs);
    }

    [Fact]
    public void Each_row_gets_the_states_of_its_own_tokens_and_none_of_the_padding()
    {
        var batches = Batches(maxRows: 8, maxTokens: 64);
        var states = batches.Run(s_whole, [Row(7, 8, 9), Row(5)], hidden: true).Hidden!;
        Assert.Equal([[7, -7, 8, -8, 9, -9], [5, -5]], states);

        TierRow[] further = [.. states.Select(own => new TierRow(Ones(own.Length / 2)) { Hidden = own })];
        Assert.Equal([24, 3, 5, 1], batches.Run(new LayerStretch(4, 6), further, false).Logits);
    }

    [Fact]
    public void It_ends_between_two_batches_when_nobody_waits_any_more()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => Batches(maxRows: 1, maxTokens: 64).Run(s_whole, [Row(1), Row(2)], false, source.Token));
        Assert.Equal(0, _runs);
    }

    /// <summary>
    /// A model of two classes: the sum of a row's ids and how many there are; a token's states are its id and that negated.
    /// </summary>
    private RowBatches Batches(int maxRows, int maxTokens)
    {
        return new(new ModelShape(Classes: 2, HiddenSize: 2, PadId: 99, UsesTokenTypes: true), maxRows, maxTokens, Run);

        void Run(LayerStretch layers, TierInput input, Span<float> logits, Span<float> hidden)
        {
            _runs++;
            logits.Clear();
            var real = input.Mask.Span;
            for (var token = 0; token < real.Length; token++)
            {
                var id = layers.From == 0 ? input.Ids.Span[token] : (long)input.Hidden.Span[2 * token];
                Assert.Equal(real[token] == 1 ? id : layers.From == 0 ? 99 : 0, id);
                logits[2 * (token / input.Length)] += real[token] * id;
                logits[(2 * (token / input.Length)) + 1] += real[token];
                if (!hidden.IsEmpty)
                    (hidden[2 * token], hidden[(2 * token) + 1]) = (id, -id);
            }
        }
    }

    private static TierRow Row(params long[] ids) => new(Ones(ids.Length)) { Ids = ids, Types = new long[ids.Length] };

    private static long[] Ones(int count) => [.. Enumerable.Repeat(1L, count)];
}
