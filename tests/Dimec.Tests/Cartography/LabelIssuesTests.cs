using System.Globalization;
using Dimec.Cartography;
using static Dimec.Tests.Cartography.Dynamics;

namespace Dimec.Tests.Cartography;

public class LabelIssuesTests
{
    private const int Epochs = 5;

    /// <summary>
    /// A training that never was, with a share of its labels flipped: the model learns the true class of easy samples fast and of hard ones
    /// slowly, and in late epochs begins to memorise the labels that it was given.
    /// </summary>
    [Theory]
    [InlineData(2, 0.05, 0.6)]
    [InlineData(2, 0.1, 0.6)]
    [InlineData(4, 0.07, 0.6)]
    public void Flipped_labels_are_found_far_more_often_than_a_random_list_finds_them(int classes, double share, double floor)
    {
        const int Samples = 3000;
        var random = new Random(5);
        var truth = Enumerable.Range(0, Samples).Select(_ => random.Next(classes)).ToArray();
        var gold = truth.Select(label => random.NextDouble() < share ? (label + 1 + random.Next(classes - 1)) % classes : label).ToArray();
        var flipped = Enumerable.Range(0, Samples).Where(i => gold[i] != truth[i]).ToHashSet();
        var ease = truth.Select(_ => random.NextDouble()).ToArray();
        var epochs = Enumerable.Range(0, Epochs).Select(e => Epoch(e, [.. Enumerable.Range(0, Samples).Select(i =>
        {
            var logits = Enumerable.Range(0, classes).Select(c => random.NextDouble()
                + (c == truth[i] ? ((4 * ease[i]) - 0.5) * (e + 1) / Epochs : 0) + (c == gold[i] ? 1.5 * e / Epochs : 0));
            return Row($"{i}", e, string.Join(',', logits.Select(logit => logit.ToString(CultureInfo.InvariantCulture))), $"{gold[i]}");
        })])).ToArray();

        var issues = LabelIssues(flipped.Count, epochs);
        var found = issues.Count(issue => flipped.Contains(issue.Metrics.Index));
        var (precision, recall) = ((double)found / issues.Count, (double)found / flipped.Count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{flipped.Count} of {Samples} flipped: precision {precision:0.000}, recall {recall:0.000}");
        // As many are listed as were flipped; a random list would find their share.
        Assert.InRange(precision, floor, 1);
        Assert.InRange(recall, floor, 1);
        var named = issues.Count(issue => flipped.Contains(issue.Metrics.Index) && issue.Preferred == truth[issue.Metrics.Index]);
        Assert.InRange((double)named / found, 0.7, 1);
    }

    [Fact]
    public void The_lowest_confidence_comes_first_then_the_lowest_variability_then_the_first_row()
    {
        var epochs = new[]
        {
            Epoch(
                0, Row("1", 0, "0, 9", "0"), Row("2", 0, "0, 1", "0"), Row("3", 0, "0, 2", "0"), Row("4", 0, "0, 1", "0"),
                Row("5", 0, "9, 0", "0")),
            Epoch(
                1, Row("1", 1, "0, 9", "0"), Row("2", 1, "0, 2", "0"), Row("3", 1, "0, 1", "0"), Row("4", 1, "0, 1", "0"),
                Row("5", 1, "0, 8", "0")),
        };
        // 2 and 3 lie at the same place; 5 is right in the mean.
        Assert.Equal(["1", "2", "3", "4", "5"], LabelIssues(9, epochs).Select(issue => issue.Metrics.Guid.Text));
        Assert.Equal(["1", "2"], LabelIssues(2, epochs).Select(issue => issue.Metrics.Guid.Text));

        SampleDynamics Made(int index, double confidence, double variability) =>
            new(new SampleMetrics(new SampleGuid($"{index}"), index, 0, confidence, variability, 0, 0), 0, 1, 1);
        var list = new LabelIssueRanking(2);
        foreach (var sample in new[] { Made(0, 0.2, 0.3), Made(1, 0.2, 0.1), Made(2, 0.2, 0.2) })
            list.Add(sample);
        Assert.Equal([1, 2], list.Ranked.Select(issue => issue.Metrics.Index));
    }

    [Fact]
    public void The_preferred_class_is_the_one_with_the_largest_mean_probability_and_not_the_most_frequent_answer()
    {
        // Two epochs are all but undecided for class 1, the third is certain of class 2.
        var issue = Assert.Single(LabelIssues(
            1, Epoch(0, Row("1", 0, "0, 0.1, 0", "0")), Epoch(1, Row("1", 1, "0, 0.1, 0", "0")), Epoch(2, Row("1", 2, "0, 0, 50", "0"))));
        Assert.Equal((0, 2), (issue.Gold, issue.Preferred));
        var undecided = 1 / (2 + Math.Exp(0.1));
        Assert.Equal((1 + undecided + undecided) / 3, issue.PreferredProbability, 1e-6);

        // 1 has less confidence than 2, and still no other class has more.
        var sure = Epoch(0, Row("1", 0, "0.1, 0, 0", "0"), Row("2", 0, "2, 2.1, 0", "0"));
        Assert.Equal(["2", "1"], LabelIssues(2, sure).Select(sample => sample.Metrics.Guid.Text));
    }

    private static IReadOnlyList<SampleDynamics> LabelIssues(int count, params DynamicsEpoch[] epochs)
    {
        var list = new LabelIssueRanking(count);
        foreach (var sample in DataMap.ReadDynamics(epochs, new CartographyOptions()))
            list.Add(sample);
        return list.Ranked;
    }
}
