using CsCheck;
using Dimec.Exits.Ngrams;
using Dimec.Predictions;
using Dimec.Tests.Made;

namespace Dimec.Tests.Exits.Ngrams;

public class NgramTrainerTests
{
    [Fact]
    public void It_learns_what_the_tokens_tell()
    {
        var weights = MadeTexts.Train(count: 600);
        var right = MadeTexts.Of(300, 3, false, seed: 11).Count(sample => Softmax.ArgMax(weights.Score(sample.Text)) == sample.Label);
        Assert.InRange(right, 170, 300);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_one_others()
    {
        var (one, again) = (MadeTexts.Train(), MadeTexts.Train());
        var other = MadeTexts.Train(options: new NgramOptions { LearningRate = 1, TableBits = 12, Seed = 1 });
        Assert.Equal(one.Score([3, 4, 5]), again.Score([3, 4, 5]));
        Assert.NotEqual(one.Score([3, 4, 5]), other.Score([3, 4, 5]));
    }

    [Fact]
    public void A_sure_distribution_is_a_label() => Gen.Select(Gen.Bool, Gen.Int[2, 9]).Sample((pairs, classes) =>
    {
        var hard = MadeTexts.Of(30, classes, pairs);
        var soft = hard.Select(sample => sample with
        {
            Label = -1,
            Distribution = [.. Enumerable.Range(0, classes).Select(c => c == sample.Label ? 1f : 0)],
        });
        var (one, other) = (Train(hard), Train([.. soft]));
        Assert.All(hard, sample => Assert.Equal(one.Score(sample.Text, sample.Pair), other.Score(sample.Text, sample.Pair)));

        NgramWeights Train(NgramSample[] samples) =>
            NgramTrainer.Train(samples, classes, MadeTexts.Tokenizer, new NgramOptions { LearningRate = 1, TableBits = 12, Epochs = 3 });
    }, iter: 20);

    [Fact]
    public void Soft_answers_are_learnt_as_they_are()
    {
        NgramSample[] samples = [.. Enumerable.Repeat(new NgramSample([5], null, -1) { Distribution = [0.7f, 0.2f, 0.1f] }, 50)];
        var options = new NgramOptions { LearningRate = 1, TableBits = 12, LabelSmoothing = 0, Epochs = 100 };
        var logits = NgramTrainer.Train(samples, 3, MadeTexts.Tokenizer, options).Score([5]);
        Assert.Equal(0.7, Softmax.Probability(logits, 0), 0.01);
        Assert.Equal(0.2, Softmax.Probability(logits, 1), 0.01);
    }

    [Fact]
    public void An_epochs_logits_are_those_before_each_samples_step()
    {
        var samples = MadeTexts.Of(50, 3, false);
        var epochs = new List<(int Epoch, double Loss, int Known)>();
        var options = new NgramOptions { LearningRate = 1, TableBits = 12, Epochs = 6, LabelSmoothing = 0 };
        NgramTrainer.Train(samples, 3, MadeTexts.Tokenizer, options, epoch =>
        {
            Assert.Equal((50, 3, 6), (epoch.Logits.Count, epoch.Logits.Classes, epoch.Epochs));
            var loss = Enumerable.Range(0, 50).Average(i => -Math.Log(Softmax.Probability(epoch.Logits[i], samples[i].Label)));
            Assert.Equal(loss, epoch.Loss, 1e-5);
            epochs.Add((epoch.Epoch, epoch.Loss, Enumerable.Range(0, 50).Count(i => epoch.Logits[i].ContainsAnyExcept(0))));
        });
        Assert.Equal(Enumerable.Range(0, 6), epochs.Select(epoch => epoch.Epoch));
        // The very first sample is met by weights of zero.
        Assert.Equal([49, 50, 50, 50, 50, 50], epochs.Select(epoch => epoch.Known));
        Assert.True(epochs[5].Loss < epochs[0].Loss);
    }

    [Fact]
    public void It_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => NgramTrainer.Train(
            MadeTexts.Of(2000, 3, false), 3, MadeTexts.Tokenizer, new NgramOptions { LearningRate = 1, Epochs = 1000 },
            _ => stop.Cancel(), stop.Token));
    }

    [Fact]
    public void Every_option_that_is_out_of_range_is_named()
    {
        var options = new NgramOptions { Epochs = 0, LearningRate = double.NaN, LabelSmoothing = 0.6, TableBits = 23 };
        var errors = new InputErrors();
        options.Validate(errors);
        Assert.Equal(4, errors.Count);
        var thrown = Assert.Throws<InputException>(() => NgramTrainer.Train(MadeTexts.Of(5, 2, false), 2, MadeTexts.Tokenizer, options));
        Assert.Equal(
            ["Epochs", "LearningRate", "LabelSmoothing", "TableBits"], thrown.Errors.Select(error => error.Where));
        var usual = new InputErrors();
        new NgramOptions().Validate(usual);
        Assert.Equal(0, usual.Count);
    }

    [Theory]
    [InlineData(new[] { 0.5f, 0.6f })]
    [InlineData(new[] { 1f })]
    [InlineData(new[] { -0.1f, 1.1f })]
    [InlineData(new[] { float.NaN, 1f })]
    public void A_target_that_is_none_is_refused(float[] distribution) => Assert.Throws<ArgumentException>(() =>
        NgramTrainer.Train([new NgramSample([1], null, 0) { Distribution = distribution }], 2, MadeTexts.Tokenizer));

    [Fact]
    public void Samples_that_do_not_fit_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => NgramTrainer.Train([new NgramSample([1], null, 2)], 2, MadeTexts.Tokenizer));
        Assert.Throws<ArgumentException>(() => NgramTrainer.Train([new([1], null, 0), new([1], [2], 1)], 2, MadeTexts.Tokenizer));
        Assert.Throws<ArgumentException>(() => NgramTrainer.Train([new NgramSample([1], null, 0)], 2, "not a hash"));
        Assert.Throws<ArgumentOutOfRangeException>(() => NgramTrainer.Train([], 2, MadeTexts.Tokenizer));
    }

    [Fact]
    public void A_single_text_takes_no_second_one()
    {
        var weights = MadeTexts.Train();
        Assert.Throws<ArgumentException>(() => weights.Score([1], [2]));
        Assert.Throws<ArgumentException>(() => weights.Quantize().Score([1], [2]));
        Assert.Throws<ArgumentException>(() => weights.Quantize().Score([1], [], new float[2]));
    }

    [Fact]
    public void A_cross_fitted_answer_comes_from_the_other_folds()
    {
        // Labels that nothing tells: who has seen a sample knows it, who has not cannot.
        var random = new Random(3);
        NgramSample[] samples =
        [
            .. Enumerable.Range(0, 400).Select(_ => new NgramSample([random.Next(10_000), random.Next(10_000)], null, random.Next(2))),
        ];
        var seen = NgramTrainer.Train(samples, 2, MadeTexts.Tokenizer, new NgramOptions { LearningRate = 1 });
        var unseen = NgramTrainer.CrossFit(samples, 2);
        Assert.True(samples.Count(sample => Softmax.ArgMax(seen.Score(sample.Text)) == sample.Label) > 390);
        Assert.InRange(Enumerable.Range(0, 400).Count(i => Softmax.ArgMax(unseen[i]) == samples[i].Label), 150, 250);
    }

    [Fact]
    public void The_learning_rate_is_small_where_texts_tell_nothing_and_large_where_they_tell_all()
    {
        var random = new Random(3);
        Assert.Equal(0.1, Rate(_ => random.Next(2)));
        Assert.InRange(Rate(text => text[0] % 2), 1, 3);

        double Rate(Func<int[], int> label)
        {
            var texts = Enumerable.Range(0, 500).Select(_ => new[] { random.Next(20), random.Next(20), random.Next(20) });
            NgramSample[] samples = [.. texts.Select(text => new NgramSample(text, null, label([text.Min()])))];
            return NgramTrainer.Train(samples, 2, MadeTexts.Tokenizer, new NgramOptions { TableBits = 12 }).LearningRate;
        }
    }

    [Fact]
    public void A_learning_rate_that_was_chosen_gives_the_weights_that_it_gives_when_it_is_asked_for()
    {
        var samples = MadeTexts.Of(90, 3, false);
        var chosen = NgramTrainer.Train(samples, 3, MadeTexts.Tokenizer, new NgramOptions { TableBits = 12 });
        var asked = NgramTrainer.Train(
            samples, 3, MadeTexts.Tokenizer, new NgramOptions { TableBits = 12, LearningRate = chosen.LearningRate });
        Assert.Equal(asked.Score([3, 4, 5]), chosen.Score([3, 4, 5]));
    }

    [Fact]
    public void Too_few_texts_to_choose_by_take_the_usual_learning_rate() => Assert.Equal(
        1, NgramTrainer.Train([new([1], null, 0), new([2], null, 1)], 2, MadeTexts.Tokenizer).LearningRate);

    [Fact]
    public void Every_sample_has_a_fold_and_the_same_texts_the_same_one() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[0, 99]).Sample((folds, seed) =>
        {
            var samples = MadeTexts.Of(80, 2, pairs: true);
            var fold = NgramFolds.Of([.. samples, .. samples], folds, seed);
            Assert.Equal(fold[..80], fold[80..]);
            Assert.Equal(Enumerable.Range(0, folds), fold.Distinct().Order());
        }, iter: 50);

    [Fact]
    public void Fewer_texts_than_folds_are_refused()
    {
        NgramSample[] samples = [.. Enumerable.Repeat(new NgramSample([1], null, 0), 9)];
        Assert.Throws<ArgumentException>(() => NgramTrainer.CrossFit(samples, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => NgramTrainer.CrossFit(samples, 2, folds: 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => NgramTrainer.CrossFit(samples, 2, folds: 1));
    }
}
