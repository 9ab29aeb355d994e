using System.Text.Json;
using Dimec.Cartography;
using Dimec.Files;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// <c>map</c> of more samples than fit into the memory that it is given: a list of the samples, or a table of their names, would take more.
/// The limit is the runtime's own, which ends a process that asks for more.
/// </summary>
public sealed class LargeMapTests
{
    private const int Rows = 600_000;
    private const int Epochs = 3;
    private const string Megabytes64 = "0x4000000";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Epochs_of_any_size_are_mapped_in_little_memory_in_order_or_shuffled(bool shuffled)
    {
        using var folder = new TemporaryFolder();
        for (var epoch = 0; epoch < Epochs; epoch++)
            Write(folder.File("training_dynamics", TrainingDynamicsFolder.FileName(epoch)), epoch, shuffled);

        var result = await Tool.RunAsync([("DOTNET_GCHeapHardLimit", Megabytes64)], ["map", folder.Path, "--suspects", "2", "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        using var answer = JsonDocument.Parse(result.Output);
        Assert.Equal(Rows, answer.RootElement.GetProperty("samples").GetInt32());
        Assert.Equal(0.5, answer.RootElement.GetProperty("confidence").GetProperty("mean").GetDouble(), 0.01);
        Assert.Equal(
            ["data-map.png", "td_metrics.json", "td_metrics.jsonl", "training_dynamics"],
            Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        var row = 0;
        foreach (var line in File.ReadLines(folder.File("td_metrics.jsonl")))
        {
            Assert.StartsWith($"{{\"guid\":\"sample-{Order(epoch: 0, row, shuffled)}\",\"index\":{row},", line, StringComparison.Ordinal);
            row++;
        }

        Assert.Equal(Rows, row);
    }

    /// <summary>A step that shares no factor with the number of rows comes to each of them.</summary>
    private static int Order(int epoch, int row, bool shuffled) => shuffled ? (int)(((row * 7919L) + (epoch * 104_729L)) % Rows) : row;

    private static void Write(string path, int epoch, bool shuffled) => AtomicFile.Write(path, stream =>
    {
        using var writer = new DynamicsWriter(stream, epoch);
        for (var row = 0; row < Rows; row++)
        {
            var sample = Order(epoch, row, shuffled);
            writer.Write(new SampleGuid($"sample-{sample}"), [(((sample + epoch) % 1000) / 250f) - 2, 0], sample % 2);
        }
    });
}
