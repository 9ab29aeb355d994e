using Dimec.Checkpoints;
using Dimec.Inference;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A model that gives one text no numbers: that text's answer is a failure, and the others have theirs.</summary>
public class NoNumberTests
{
    private static readonly TextInput[] s_texts = [new("a b"), new("z"), new("c"), new("a z b"), new("d")];

    [Fact]
    public async Task Where_no_other_tier_can_be_had_the_text_has_no_answer_and_the_others_have()
    {
        using var test = new TestBundle("mobile", golden: false, change: SpoilZ);
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri>(), cancellationToken: ClientTests.Stop);
        var answers = await client.ClassifyAsync(s_texts, ClientTests.Stop);
        Assert.Equal([false, true, false, true, false], answers.Select(answer => answer.Error is not null));
        Assert.Contains("a logit is not a finite number", answers[1].Error, StringComparison.Ordinal);
        Assert.Equal(
            ("", -1, "", -1, 0f), (answers[1].Label, answers[1].LabelIndex, answers[1].Tier, answers[1].TierIndex, answers[1].Confidence));
        Assert.All(answers.Where(answer => answer.Error is null), answer => Assert.InRange(answer.Confidence, 0.5f, 1));
    }

    [Fact]
    public async Task Where_another_can_it_answers()
    {
        using var test = new TestBundle(
            "cascade", """{"thresholds":{"mobile":0.0,"edge":0.0}}""", golden: false, change: checkpoint => Spoil(checkpoint, 1));
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc }, ClientTests.Patient,
            cancellationToken: ClientTests.Stop);
        var answers = await client.ClassifyAsync(s_texts, ClientTests.Stop);
        Assert.All(answers, answer => Assert.Equal(("edge", true, null), (answer.Tier, answer.Fallback, answer.Error)));
        Assert.All(answers, answer =>
            Assert.Equal(("mobile", TierFailureReason.InvalidResponse), (answer.Failures[0].Tier, answer.Failures[0].Reason)));
    }

    [Fact]
    public async Task A_tier_that_gives_no_numbers_is_stood_in_for()
    {
        using var test = new TestBundle("edge", golden: false, change: checkpoint => Spoil(checkpoint, 2));
        await using var edge = await ClientTests.StartAsync(test, "edge");
        edge.Expected = entry => entry.Contains("not a finite number", StringComparison.Ordinal);
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Http }, ClientTests.Patient,
            cancellationToken: ClientTests.Stop);
        var answer = await client.ClassifyAsync("a", ClientTests.Stop);
        Assert.Equal(("mobile", true, null), (answer.Tier, answer.Fallback, answer.Error));
    }

    [Theory]
    [InlineData(1e5f)]
    [InlineData(1e30f)]
    public async Task Large_logits_have_their_label_and_a_confidence(float factor)
    {
        using var plain = new TestBundle("mobile", golden: false);
        using var test = new TestBundle("mobile", golden: false, change: checkpoint =>
        {
            foreach (var part in new[] { "weight", "bias" })
            {
                var values = checkpoint.Weights[$"exits.1.classifier.{part}"].Values;
                for (var i = 0; i < values.Length; i++)
                    values[i] *= factor;
            }
        });
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri>(), cancellationToken: ClientTests.Stop);
        foreach (var text in new[] { "a b c", "q r s", "x" })
        {
            var logits = TestBundle.LogitsOf(plain.Bundle, "mobile", text);
            var answer = await client.ClassifyAsync(text, ClientTests.Stop);
            Assert.Equal((logits[0] > logits[1] ? 0 : 1, 1f), (answer.LabelIndex, answer.Confidence));
        }
    }

    /// <summary>The letters follow five special tokens.</summary>
    private static void SpoilZ(Checkpoint checkpoint)
    {
        var embeddings = checkpoint.Weights["embeddings.word_embeddings.weight"];
        embeddings.Values[(5 + 'z' - 'a') * embeddings.Shape[1]] = float.NaN;
    }

    private static void Spoil(Checkpoint checkpoint, int exit) => checkpoint.Weights[$"exits.{exit}.classifier.bias"].Values[0] = float.NaN;
}
