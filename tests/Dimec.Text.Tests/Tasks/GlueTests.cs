namespace Dimec.Text.Tests.Tasks;

/// <summary>The official files as they are.</summary>
public sealed class GlueTests
{
    [Theory]
    [InlineData("sst2", "SST-2", 67349, 872, false)]
    [InlineData("cola", "CoLA", 8551, 1043, false)]
    [InlineData("mrpc", "MRPC", 3667, 408, true)]
    [InlineData("rte", "RTE", 2490, 277, true)]
    public void A_task_is_read_and_split(string task, string folder, int train, int dev, bool pair)
    {
        var data = DataSpec.Parse($"{task}:{Repository.RequireShared("data", "glue", folder)}").Load(TestContext.Current.CancellationToken);

        Assert.Equal(dev, data.Dev.Samples.Count + data.Dev.Skipped);
        Assert.Equal(train, data.Train.Samples.Count + data.Selection.Samples.Count + data.Calibration.Samples.Count + data.Train.Skipped);
        Assert.Equal(2, data.Labels.Count);
        Assert.Equal(pair, data.HasPair);
        Assert.Empty(Texts(data.Train).Intersect(Texts(data.Selection)));
        Assert.Empty(Texts(data.Train).Intersect(Texts(data.Calibration)));
        Assert.Empty(Texts(data.Selection).Intersect(Texts(data.Calibration)));
    }

    [Fact]
    public void A_users_file_with_a_tab_too_many_is_rejected_with_its_line()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("mine.tsv");
        File.WriteAllText(
            file, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"text {i}\t{i % 2}\n")) + "one\tmore\t1\n");

        var error = Assert.Throws<InputException>(() => DataSpec.Parse(file).Load(TestContext.Current.CancellationToken));

        Assert.Contains("42", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(Dataset part) =>
        part.Samples.Select(sample => sample.Text.Trim() + "\t" + sample.Pair?.Trim());
}
