using System.Text.Json;
using Dimec.Cartography;
using Dimec.Files;

namespace Dimec.Cli.Tests.Commands;

/// <summary>What <c>map --suspects</c> shows: of dynamics in which the model gives two labels away.</summary>
public sealed class LabelIssuesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public LabelIssuesTests()
    {
        _data = _folder.File("weather.tsv");
        File.WriteAllText(
            _data, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"text of {i}\t{(i % 2 == 0 ? "rain" : "sun")}\n")));
        for (var epoch = 0; epoch < 3; epoch++)
        {
            AtomicFile.Write(_folder.File("run", TrainingDynamicsFolder.Name, TrainingDynamicsFolder.FileName(epoch)), stream =>
            {
                using var writer = new DynamicsWriter(stream, epoch);
                // 6 and 9 are said to be of the other class, 9 with more certainty.
                for (var i = 0; i < 20; i++)
                {
                    writer.Write(
                        new SampleGuid($"{i}", IsNumber: i < 10),
                        (i % 2 == 0) == (i is not (6 or 9)) ? [i == 9 ? 4 : 3, 0.1f * epoch] : [0.1f * epoch, 3], i % 2);
                }
            });
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Texts_and_labels_come_from_the_data_that_are_named()
    {
        var (answer, screen) = await MapAsync("--suspects", "5", "--data", _data, "--json");
        var suspects = answer!.Value.GetProperty("suspects");
        Assert.Equal(["9", "6"], suspects.EnumerateArray().Take(2).Select(suspect => suspect.GetProperty("guid").GetString()));
        Assert.Equal(5, suspects.GetArrayLength());
        Assert.Equal(
            ["guid", "index", "label", "preferred", "preferredProbability", "confidence", "variability", "correctness", "text"],
            suspects[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(("sun", "rain", "text of 9"), (Text(suspects[0], "label"), Text(suspects[0], "preferred"), Text(suspects[0], "text")));
        Assert.Equal(
            1, suspects[0].GetProperty("preferredProbability").GetDouble() + suspects[0].GetProperty("confidence").GetDouble(), 1e-6);
        Assert.Equal("", screen.Error);

        (_, screen) = await MapAsync("--suspects", "3", "--data", _data);
        Assert.Contains(screen.Lines, line => line.StartsWith("3. ", StringComparison.Ordinal)
            && line.EndsWith("no other label has more", StringComparison.Ordinal));
        (_, screen) = await MapAsync("--suspects", "1", "--data", _data);
        Assert.Contains(screen.Lines, line => line.StartsWith("1. 9: sun (μ 0.0", StringComparison.Ordinal)
            && line.Contains("rather rain (0.9", StringComparison.Ordinal));
        Assert.Contains("text of 9", screen.Lines);
        Assert.DoesNotContain("text of 6", screen.Lines);
    }

    [Fact]
    public async Task Without_data_samples_and_classes_are_named_by_guid_and_number()
    {
        var (answer, _) = await MapAsync("--suspects", "5", "--json");
        var suspect = answer!.Value.GetProperty("suspects")[0];
        Assert.Equal(("9", "1", "0"), (Text(suspect, "guid"), Text(suspect, "label"), Text(suspect, "preferred")));
        Assert.False(suspect.TryGetProperty("text", out _));
        (answer, _) = await MapAsync("--json");
        Assert.False(answer!.Value.TryGetProperty("suspects", out _));
    }

    [Fact]
    public async Task A_call_that_cannot_be_meant_is_refused()
    {
        Assert.Contains(
            "--suspects 0: asks for no label issue", (await MapAsync("--suspects", "0")).Screen.Error, StringComparison.Ordinal);
        Assert.Contains(
            "--data: is read for the texts of label issues, and none are asked for", (await MapAsync("--data", _data)).Screen.Error,
            StringComparison.Ordinal);
        File.WriteAllText(
            _data, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"text of {i}\t{(i % 2 == 0 ? "rain" : "sun")}\n")));
        Assert.Contains(
            "--data weather: holds no sample '9', nor any other of the label issues",
            (await MapAsync("--suspects", "2", "--data", _data)).Screen.Error, StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<(JsonElement? Answer, Screen Screen)> MapAsync(params string[] options)
    {
        var screen = new Screen(width: 100);
        var code = await screen.RunAsync(["map", _folder.File("run"), .. options]);
        Assert.Equal(screen.Error.Length == 0 ? ExitCodes.Done : ExitCodes.BadInput, code);
        return (code == ExitCodes.Done && options.Contains("--json") ? JsonDocument.Parse(screen.Out).RootElement.Clone() : null, screen);
    }
}
