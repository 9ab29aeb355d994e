using System.CommandLine;
using System.Text.Json;
using Dimec.Cli.Commands;
using Dimec.Runs;
using Dimec.Runs.Records;

namespace Dimec.Cli.Tests.Commands;

/// <summary>What a training writes of its data's options into its record is what later commands read them from.</summary>
public sealed class DataOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--data a.tsv --text-column 2 --pair-column 3 --label-column 0 --no-header --drop-label= --dev b.tsv --seed -7")]
    [InlineData("--data a.jsonl --dev-fraction 0.2 --selection-fraction 1e-1 --calibration-fraction .15 --limit 100 --held-out-limit 20")]
    [InlineData("--data a.jsonl --selection b.jsonl --calibration c.jsonl")]
    public void Options_come_back_from_the_record_as_they_were_given(string call)
    {
        var options = new DataOptions(required: true);
        var command = new Command("train");
        options.AddTo(command);
        var parsed = command.Parse(call);
        var run = new RunFolder(_folder.Path);
        File.WriteAllText(run.Record, JsonSerializer.Serialize(new
        {
            settings = new { epochs = 1 },
            backbone = new { name = "made" },
            data = new { name = "made", pair = false, labels = Array.Empty<string>(), parts = new { } },
            machine = new { },
            notes = options.Describe(parsed, new Dictionary<string, string> { ["command"] = "dimec train" }),
        }));

        var (given, read) = (options.Spec(parsed)!, RunData.Of(run));
        Assert.Equal((given.Text, given.Options), (read.Text, read.Options));
    }
}
