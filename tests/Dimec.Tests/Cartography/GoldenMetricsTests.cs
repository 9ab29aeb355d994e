using Dimec.Cartography;

namespace Dimec.Tests.Cartography;

/// <summary>
/// The metrics of the public reference implementation, over ties, saturated logits, both kinds of guid and shuffled epochs.
/// </summary>
public class GoldenMetricsTests
{
    [Theory]
    [InlineData("binary", "", false, null)]
    [InlineData("binary", "_ci", true, null)]
    [InlineData("binary", "_burn3", false, 3)]
    [InlineData("fifteen", "", false, null)]
    [InlineData("fifteen", "_ci", true, null)]
    [InlineData("fifteen", "_burn3", false, 3)]
    [InlineData("two_epochs", "", false, null)]
    [InlineData("two_epochs", "_ci", true, null)]
    [InlineData("two_epochs", "_burn3", false, 3)]
    public void Metrics_equal_the_reference(string set, string variant, bool includeCi, int? burnOut)
    {
        var folder = Repository.RequireShared("golden", "cartography", set);
        using var stream = File.OpenRead(Path.Combine(folder, $"td_metrics{variant}.jsonl"));
        var expected = MetricsFile.Read(stream, "td_metrics.jsonl");

        var actual = DataMap.Read(TrainingDynamicsFolder.Open(folder), new CartographyOptions { IncludeCi = includeCi, BurnOut = burnOut })
            .ToArray();

        Assert.Equal(expected.Select(sample => (sample.Guid, sample.Index)), actual.Select(sample => (sample.Guid, sample.Index)));
        Assert.Equal(
            expected.Select(sample => (sample.Correctness, sample.Forgetfulness)),
            actual.Select(sample => (sample.Correctness, sample.Forgetfulness)));
        foreach (var (reference, sample) in expected.Zip(actual))
        {
            Assert.Equal(reference.Confidence, sample.Confidence, 5e-7);
            Assert.Equal(reference.Variability, sample.Variability, 5e-7);
            Assert.Equal(reference.ThresholdCloseness, sample.ThresholdCloseness, 5e-7);
        }
    }
}
