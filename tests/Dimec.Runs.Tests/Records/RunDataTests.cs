using System.Text.Json;
using Dimec.Runs.Maps;

namespace Dimec.Runs.Tests.Records;

/// <summary>What a run's record says of the data that its training read is what a program reads again.</summary>
public sealed class RunDataTests : IDisposable
{
    private readonly PredictedRun _made = new();

    public void Dispose() => _made.Dispose();

    [Fact]
    public void Texts_of_label_issues_come_from_the_data_that_the_record_names()
    {
        var data = _made.File("data.tsv");
        File.WriteAllText(
            data, "sentence\tclass\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"text {i}\t{(i % 2 == 0 ? "even" : "odd")}\n")));
        Record(new()
        {
            ["command"] = "dimec train",
            ["--data"] = data,
            ["--text-column"] = "sentence",
            ["--label-column"] = "class",
            ["--seed"] = "-3",
            ["--dev-fraction"] = "0.25",
        });
        var run = Run.Open(_made.Path);
        var options = run.Data().Options;
        Assert.Equal(("sentence", "class", -3L, 0.25), (options.TextColumn, options.LabelColumn, options.Seed, options.DevFraction));
        Assert.All(run.Map(new MapOptions { LabelIssues = 3 }).LabelIssues(), issue =>
            Assert.StartsWith("text ", issue.Text!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("command", "dimec train")]
    [InlineData("--limit", "many")]
    [InlineData("--seed", "1.5")]
    public void A_record_that_names_no_data_says_so(string note, string value)
    {
        Record(new() { [note == "command" ? "other" : "--data"] = "sdk-docs", [note] = value });
        Assert.Equal(
            $"{Path.Combine(_made.Path, "run.json")}: does not say which data the run was trained on; name them with Spec.",
            Assert.Throws<InputException>(() => Run.Open(_made.Path).Data()).Message);
    }

    [Fact]
    public void Without_a_record_there_are_none() => Assert.Contains(
        "holds no run.json", Assert.Throws<InputException>(() => Run.Open(_made.Path).Data()).Message, StringComparison.Ordinal);

    private void Record(Dictionary<string, string> notes) => File.WriteAllText(
        Path.Combine(_made.Path, "run.json"),
        JsonSerializer.Serialize(new
        {
            format = 1,
            state = "finished",
            settings = new { epochs = 4, exits = new[] { 2, 4, 6 } },
            backbone = new { name = "made" },
            data = new { name = "made", pair = false, labels = new[] { "even", "odd" }, parts = new { train = new { samples = 80 } } },
            machine = new { },
            notes,
        }));
}
