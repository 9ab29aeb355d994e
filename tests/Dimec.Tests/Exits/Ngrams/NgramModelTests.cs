using CsCheck;
using Dimec.Exits.Ngrams;
using Dimec.Predictions;
using Dimec.Tests.Made;

namespace Dimec.Tests.Exits.Ngrams;

public class NgramModelTests
{
    private static readonly NgramOptions s_quick = new() { LearningRate = 1, TableBits = 12, Epochs = 2 };

    private static readonly Gen<int[]> s_text = Gen.Int[0, 22].Array[0, 30];

    [Fact]
    public void Rounding_moves_a_logit_by_no_more_than_half_a_step_of_its_rows() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[2, 20], s_text, s_text).Sample((isWide, pairs, classes, text, pair) =>
        {
            var weights = MadeTexts.Train(classes: classes, pairs: pairs, options: s_quick);
            var model = isWide ? weights.Quantize() : weights.Narrow();
            Assert.Equal(isWide, model.Shape.IsWide);
            var (exact, rounded) = (weights.Score(text, pairs ? pair : null), model.Score(text, pairs ? pair : null));
            var features = NgramFeatures.Collect(
                text, pairs ? pair : [], pairs, 12, new int[NgramFeatures.Room(text.Length, pair.Length, pairs)]).ToArray();
            for (var c = 0; c < classes; c++)
                Assert.InRange(rounded[c] - exact[c], -Bound(c), Bound(c));

            // n features, each off by at most half of its row's step, or all of it where the row was left out; each weighed by 1/√n.
            float Bound(int c) => (features.Sum(bucket => Step(bucket, c)) / MathF.Sqrt(Math.Max(1, features.Length))) + 1e-5f;

            float Step(int bucket, int c) => model.Scales[c] / 2 * (isWide || model.Rows.Find(bucket) is not (>= 0 and var row)
                ? 1
                : 1 << Quantizer.Exponent(model.Weights.Slice(row * classes, classes).ToArray().Max(weight => Math.Abs((float)weight))));
        }, iter: 50);

    [Fact]
    public void The_sums_are_those_of_whole_numbers_for_any_number_of_classes() =>
        Gen.Select(Gen.Int[2, 35], s_text).Sample((classes, text) =>
        {
            var model = MadeTexts.Train(classes: classes, options: s_quick).Quantize();
            var features = NgramFeatures.Collect(text, [], false, 12, new int[NgramFeatures.Room(text.Length, 0, false)]).ToArray();
            var rows = features.Select(model.Rows.Find).Where(row => row >= 0).ToArray();
            var logits = model.Score(text);
            for (var c = 0; c < classes; c++)
            {
                var sum = rows.Sum(row => model.Weights[(row * classes) + c]);
                var value = features.Length == 0 ? 0 : 1 / MathF.Sqrt(features.Length);
                Assert.Equal(model.Bias[c] + (sum * (model.Scales[c] * value)), logits[c]);
            }
        }, iter: 50);

    [Fact]
    public void A_bound_on_the_file_is_kept_and_the_rows_that_matter_stay()
    {
        var weights = MadeTexts.Train(count: 400);
        var whole = weights.Narrow();
        var length = whole.Bytes().Length;
        Assert.True(whole.Bytes().Length < weights.Quantize().Bytes().Length);
        var small = weights.Quantize(length - 200);
        Assert.InRange(small.Bytes().Length, length - 204, length - 200);
        Assert.True(small.RowCount < whole.RowCount);
        var same = MadeTexts.Of(200, 3, false, seed: 3).Count(sample =>
            Softmax.ArgMax(small.Score(sample.Text)) == Softmax.ArgMax(whole.Score(sample.Text)));
        Assert.InRange(same, 190, 200);
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.Quantize(600));
    }

    [Theory]
    [InlineData(false, 25)]
    [InlineData(true, 25)]
    [InlineData(false, 3000)]
    public void A_text_costs_no_allocation(bool pairs, int length)
    {
        var model = MadeTexts.Train(pairs: pairs).Quantize();
        int[] text = [.. Enumerable.Range(0, length)];
        int[] pair = pairs ? text[3..] : [];
        var logits = new float[3];
        // A pool has its arrays once they have come back to it.
        model.Score(text, pair, logits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            model.Score(text, pair, logits);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void No_text_is_long_enough_for_its_sum_to_overflow()
    {
        int[] text = [.. Enumerable.Range(0, 150_000)];
        var options = new NgramOptions { LearningRate = 1, TableBits = 22, Epochs = 2 };
        var weights = NgramTrainer.Train([new NgramSample(text, null, 1)], 2, MadeTexts.Tokenizer, options);
        var model = weights.Quantize();
        Assert.True((long)short.MaxValue * model.RowCount > int.MaxValue);
        var (exact, rounded) = (weights.Score(text), model.Score(text));
        // The sum in fp32 is the one that is off.
        Assert.All(exact.Zip(rounded), both => Assert.Equal(both.First, both.Second, 1e-2f * Math.Abs(both.First)));
    }

    [Fact]
    public void Any_ids_are_answered()
    {
        var model = MadeTexts.Train(pairs: true).Quantize();
        Gen.Select(Gen.Int.Array, Gen.Int.Array).Sample((text, pair) =>
            Assert.All(model.Score(text, pair), logit => Assert.True(float.IsFinite(logit))));
    }
}
