using CsCheck;
using Dimec.Inference.Batching;
using Dimec.Text;

namespace Dimec.Inference.Tests.Batching;

public class LengthBatchesTests
{
    [Fact]
    public void Short_texts_come_first_and_a_long_one_alone() => Assert.Equal(
        [[1, 3], [2, 4], [0]],
        LengthBatches.Of([.. new[] { 40, 2, 5, 3, 6 }.Select(Text)], maxRows: 2, maxTokens: 16));

    [Fact]
    public void Every_place_is_in_one_batch_within_the_limits() => Gen.Select(
        Gen.Int[1, 40].Array[0, 30], Gen.Int[1, 8], Gen.Int[1, 100]).Sample((lengths, maxRows, maxTokens) =>
    {
        int[][] batches = [.. LengthBatches.Of([.. lengths.Select(Text)], maxRows, maxTokens)];
        Assert.Equal(Enumerable.Range(0, lengths.Length), batches.SelectMany(batch => batch).Order());
        Assert.All(batches, batch => Assert.InRange(batch.Length, 1, maxRows));
        Assert.All(batches, batch => Assert.True(
            batch.Length == 1 || batch.Length * batch.Max(place => lengths[place]) <= maxTokens, string.Join(' ', batch)));
    });

    private static TokenizedText Text(int length) => new(new int[length], new int[length], Truncated: false);
}
