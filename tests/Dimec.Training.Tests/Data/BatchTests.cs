using CsCheck;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Model;

namespace Dimec.Training.Tests.Data;

public sealed class BatchTests
{
    private static readonly Gen<(int[] Lengths, int BatchSize, long Seed)> s_cases =
        Gen.Select(Gen.Int[1, 60].Array[1, 700], Gen.Int[1, 9], Gen.Long);

    [Fact]
    public void AnEpochHoldsEverySampleOnceInFullBatchesButOne() => s_cases.Sample(item =>
    {
        var batches = BatchPlan.Epoch(item.Seed, 0, item.Lengths, item.BatchSize);
        Assert.Equal(Enumerable.Range(0, item.Lengths.Length), batches.SelectMany(batch => batch).Order());
        Assert.Equal(BatchPlan.BatchesOf(item.Lengths.Length, item.BatchSize), batches.Length);
        Assert.InRange(batches.Count(batch => batch.Length < item.BatchSize), 0, 1);
    });

    [Fact]
    public void OrderDependsOnSeedAndEpochAlone() => s_cases.Sample(item =>
    {
        var first = BatchPlan.Epoch(item.Seed, 1, item.Lengths, item.BatchSize);
        var second = BatchPlan.Epoch(item.Seed, 1, item.Lengths, item.BatchSize);
        Assert.Equal(first.SelectMany(batch => batch), second.SelectMany(batch => batch));
    });

    [Fact]
    public void EpochsDifferInOrderAndInCompany()
    {
        var lengths = Enumerable.Range(0, 4000).Select(i => 3 + (i % 40)).ToArray();
        var (first, second) = (BatchPlan.Epoch(1, 0, lengths, 32), BatchPlan.Epoch(1, 1, lengths, 32));
        Assert.NotEqual(first[0], second[0]);
        var companions = first.Single(batch => batch.Contains(0)).Intersect(second.Single(batch => batch.Contains(0))).Count();
        Assert.InRange(companions, 1, 20);
    }

    [Fact]
    public void SortingLeavesHardlyAnyPadding()
    {
        var random = new RandomStream(9, 0);
        var lengths = Enumerable.Range(0, 8000).Select(_ => 3 + (int)Math.Abs(12 * random.Normal())).ToArray();
        var padded = BatchPlan.Epoch(1, 0, lengths, 32).Sum(batch => batch.Length * batch.Max(sample => lengths[sample]));
        Assert.InRange(padded / (double)lengths.Sum(), 1, 1.05);
    }

    [Fact]
    public void ABatchIsPaddedToItsLongestOnly()
    {
        var batch = Golden.Batch(
            [new TokenizedText([7, 8], [0, 1], false), new TokenizedText([9, 10, 11], [0, 0, 0], false)], [1, 0]);
        Assert.Equal([7, 8, 0, 9, 10, 11], batch.Ids);
        Assert.Equal([0, 1, 0, 0, 0, 0], batch.TypeIds);
        Assert.Equal([2, 3], batch.Lengths);
        Assert.Equal((3, true, true), (batch.Length, batch.IsPadded, batch.HasTypes));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void DropoutKeepsTheShareThatItShouldAndTheMean(double probability)
    {
        var mask = new float[1_000_003];
        DropoutMask.Fill(mask, probability, 42);
        var kept = mask.Count(value => value != 0);
        // Five standard deviations of a binomial.
        Assert.InRange(kept / (double)mask.Length, 1 - probability - 0.0025, 1 - probability + 0.0025);
        Assert.All(mask.Where(value => value != 0).Distinct(), value => Assert.Equal((float)(1 / (1 - probability)), value));
    }

    [Fact]
    public void MasksOfDifferentKeysAreIndependentAndNeighboursToo()
    {
        var (one, two) = (new float[1 << 20], new float[1 << 20]);
        DropoutMask.Fill(one, 0.5, 1);
        DropoutMask.Fill(two, 0.5, 2);
        Assert.InRange(Agreement(one, two, 0), 0.4975, 0.5025);
        foreach (var shift in new[] { 1, 2, 7, 8, 384, 1024 })
            Assert.InRange(Agreement(one, one, shift), 0.4975, 0.5025);
    }

    [Fact]
    public void AMaskDoesNotDependOnWhereTheVectorsEnd()
    {
        var (longer, shorter) = (new float[37], new float[21]);
        DropoutMask.Fill(longer, 0.3, 7);
        DropoutMask.Fill(shorter, 0.3, 7);
        Assert.Equal(longer[..21], shorter);
    }

    private static double Agreement(float[] one, float[] two, int shift)
    {
        var same = 0;
        for (var i = 0; i < one.Length - shift; i++)
            same += one[i] == two[i + shift] ? 1 : 0;
        return same / (double)(one.Length - shift);
    }
}
