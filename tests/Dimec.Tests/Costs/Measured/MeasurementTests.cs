using Dimec.Costs;
using Dimec.Costs.Measured;

namespace Dimec.Tests.Costs.Measured;

public class MeasurementTests
{
    [Fact]
    public void A_file_reads_as_it_was_written()
    {
        var written = TextFiles.Written(MadeMeasurement.Create().Write);
        var read = Measurement.Read(TextFiles.Stream(written), "m.json");
        Assert.Equal(written, TextFiles.Written(read.Write));
        Assert.Equal([1, 4], read.Rows);
        Assert.Equal(MadeMeasurement.Create().Tiers[2].Payloads, read.Tiers[2].Payloads);
        Assert.Equal(MadeMeasurement.Create().Tiers[2].Runs, read.Tiers[2].Runs);
    }

    [Fact]
    public void A_cost_file_in_its_place_is_refused_in_one_sentence()
    {
        var costs = TextFiles.Written(CostStructure.Default([2, 4, 6]).Write);
        var error = TextFiles.Error(() => Measurement.Read(TextFiles.Stream(costs), "c.json"));
        Assert.StartsWith("is a cost file", error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"date\": \"2026-11-30T12:00:00Z\"", "\"date\": \"yesterday\"", "date", "'yesterday' is no moment")]
    [InlineData("\"format\": 1", "\"format\": 2", "format", "is 2")]
    [InlineData("\"tokens\": 10,\n      \"share\": 0.5", "\"tokens\": 10,\n      \"share\": 0.7", "buckets", "shares that sum to 1.2")]
    [InlineData("\"tokens\": 10,\n      \"share\"", "\"tokens\": 30,\n      \"share\"", "buckets[1].tokens", "is 20")]
    [InlineData("\"hiddenStates\": \"fp32\"", "\"hiddenStates\": \"fp64\"", "hiddenStates", "'fp64' is not known")]
    [InlineData("\"hiddenStates\": \"fp32\"", "\"hiddenStates\": \"ids\"", "hiddenStates", "is no kind of hidden states")]
    [InlineData("\"median\": 0.5", "\"median\": -0.5", "tokenizingMs", "is -0.5 in [0.45")]
    [InlineData("\"median\": 0.5", "\"median\": 9", "tokenizingMs", "is 9 in [0.45")]
    [InlineData("\"name\": \"edge\"", "\"name\": \"mobile\"", "tiers[1].name", "names an earlier tier")]
    [InlineData("\"depth\": 4", "\"depth\": 2", "tiers[1].depth", "is 2")]
    [InlineData(
        "\"to\": 2,\n          \"tokens\": 10", "\"to\": 2,\n          \"tokens\": 11", "tiers[0].runs", "lacks a run of all 2 layers")]
    [InlineData("\"to\": 2,\n          \"tokens\": 10", "\"to\": 3,\n          \"tokens\": 10", "tiers[0].runs[0]", "out of its range")]
    [InlineData("\"sent\": 120", "\"sent\": -1", "tiers[1].payloads[0]", "out of its range")]
    [InlineData("\"kind\": \"ids\"", "\"kind\": \"letters\"", "tiers[1].payloads[0].kind", "'letters' is not known")]
    [InlineData("\"machine\": \"a made machine\"", "\"machine\": \"a made machine\",\n  \"watts\": 3", "watts", "is not a key")]
    public void A_wrong_file_names_the_key_and_the_mend(string right, string wrong, string key, string problem)
    {
        var written = TextFiles.Written(MadeMeasurement.Create().Write).ReplaceLineEndings("\n");
        var at = written.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, right);
        var errors = TextFiles.Errors(() => Measurement.Read(
            TextFiles.Stream(string.Concat(written.AsSpan(0, at), wrong, written.AsSpan(at + right.Length))), "m.json"));
        Assert.Contains(errors, error => error.Where == $"m.json {key}" && error.Problem.Contains(problem, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.NotEmpty(error.Fix));
    }
}
