using CsCheck;
using Dimec.Cartography;
using Dimec.Files;

namespace Dimec.Tests.Cartography;

public class DynamicsFilesTests
{
    [Fact]
    public void What_the_writer_writes_the_reader_reads_bit_for_bit()
    {
        var gen = from logits in Gen.Float[-1e30f, 1e30f].Array[2, 5]
                  from gold in Gen.Int[0, 1]
                  from text in Gen.String
                  select (logits, gold, text: new string([.. text.Where(c => !char.IsSurrogate(c))]));
        gen.Sample(t =>
        {
            var content = TextFiles.Written(stream =>
            {
                using var writer = new DynamicsWriter(stream, 4);
                writer.Write(new SampleGuid(t.text), t.logits, t.gold);
                writer.Write(new SampleGuid("12", IsNumber: true), t.logits, t.gold);
            });
            using var reader = new DynamicsEpochReader(new DynamicsEpoch(4, "e", () => TextFiles.Stream(content)));
            foreach (var guid in new[] { new SampleGuid(t.text), new SampleGuid("12", IsNumber: true) })
            {
                Assert.True(reader.TryRead());
                Assert.Equal(guid, reader.Row.Guid);
                Assert.Equal(t.gold, reader.Row.Gold);
                Assert.Equal(t.logits, reader.Row.Logits.Select(logit => (float)logit));
            }

            Assert.False(reader.TryRead());
        });
    }

    [Fact]
    public void The_writer_refuses_what_no_map_can_hold()
    {
        using var writer = new DynamicsWriter(Stream.Null, 0);
        Assert.Throws<ArgumentException>(() => writer.Write(new SampleGuid("a"), [float.NaN, 1], 0));
    }

    [Fact]
    public void Metrics_are_written_with_the_reference_s_columns_and_read_back()
    {
        SampleMetrics[] metrics =
        [
            new(new SampleGuid("3", true), 0, 0.1, 1 / 3.0, 0.25, 4, 1000),
            new(new SampleGuid("é"), 1, 0, 1, 0, 0, 0),
        ];
        var content = TextFiles.Written(stream => MetricsFile.Write(metrics, stream));
        Assert.StartsWith(
            "{\"guid\":3,\"index\":0,\"threshold_closeness\":0.1,\"confidence\":0.333333"
            + "3333333333,\"variability\":0.25,\"correctness\":4,\"forgetfulness\":1000}\n", content);
        Assert.Equal(metrics, MetricsFile.Read(TextFiles.Stream(content), "td_metrics.jsonl"));
    }

    [Fact]
    public void Metrics_that_are_wrong_name_the_line_and_every_column()
    {
        var errors = TextFiles.Errors(() => MetricsFile.Read(
            TextFiles.Stream("{\"guid\":1,\"index\":0,\"threshold_closeness\":0,\"confidence\":\"x\",\"variability\":0}\n"),
            "td_metrics.jsonl"));
        Assert.Equal(
            ["td_metrics.jsonl line 1 confidence", "td_metrics.jsonl line 1 correctness", "td_metrics.jsonl line 1 forgetfulness"],
            errors.Select(error => error.Where));
        Assert.Equal("td_metrics.jsonl", TextFiles.Error(() => MetricsFile.Read(TextFiles.Stream("\n"), "td_metrics.jsonl")).Where);
        var beyond = TextFiles.Errors(() => MetricsFile.Read(
            TextFiles.Stream("{\"guid\":1,\"index\":0,\"threshold_closeness\":0,\"confidence\":1.7e308,"
                + "\"variability\":-0.1,\"correctness\":1,\"forgetfulness\":0}\n"),
            "td_metrics.jsonl"));
        Assert.Equal(["td_metrics.jsonl line 1 confidence", "td_metrics.jsonl line 1 variability"], beyond.Select(error => error.Where));
        Assert.Equal("td_metrics.jsonl line 1", TextFiles.Error(() => MetricsFile.Read(TextFiles.Stream("{\n"), "td_metrics.jsonl")).Where);
    }

    [Fact]
    public void A_folder_gives_its_epochs_in_numerical_order_with_or_without_its_parent()
    {
        using var folder = new TemporaryFolder();
        for (var e = 0; e < 12; e++)
            AtomicFile.WriteText(folder.File("training_dynamics", $"dynamics_epoch_{e}.jsonl"), "{}");
        AtomicFile.WriteText(folder.File("training_dynamics", "dynamics_epoch_x.jsonl"), "{}");

        Assert.Equal(Enumerable.Range(0, 12), TrainingDynamicsFolder.Open(folder.Path).Select(epoch => epoch.Number));
        Assert.Equal(
            folder.File("training_dynamics", "dynamics_epoch_11.jsonl"),
            TrainingDynamicsFolder.Open(folder.File("training_dynamics"))[11].Name);
    }

    [Fact]
    public void A_folder_without_epochs_or_with_a_gap_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("is no folder", TextFiles.Error(() => TrainingDynamicsFolder.Open(folder.File("absent"))).Problem);
        Assert.Contains("holds no dynamics_epoch_0.jsonl", TextFiles.Error(() => TrainingDynamicsFolder.Open(folder.Path)).Problem);
        AtomicFile.WriteText(folder.File("dynamics_epoch_0.jsonl"), "{}");
        AtomicFile.WriteText(folder.File("dynamics_epoch_2.jsonl"), "{}");
        var error = TextFiles.Error(() => TrainingDynamicsFolder.Open(folder.Path));
        Assert.EndsWith("dynamics_epoch_1.jsonl", error.Where);
        Assert.Contains("is missing", error.Problem);
    }

    [Theory]
    [InlineData(CartographyMetric.Confidence, false, new[] { 1, 3, 0 })]
    [InlineData(CartographyMetric.Confidence, true, new[] { 2, 0, 3 })]
    [InlineData(CartographyMetric.Variability, false, new[] { 0, 1, 2 })]
    [InlineData(CartographyMetric.Correctness, false, new[] { 3, 0, 1 })]
    [InlineData(CartographyMetric.Forgetfulness, false, new[] { 1, 0, 2 })]
    [InlineData(CartographyMetric.ThresholdCloseness, true, new[] { 2, 1, 0 })]
    public void Filtering_sorts_as_the_reference_and_takes_one_more_than_the_fraction(CartographyMetric metric, bool worst, int[] expected)
    {
        SampleMetrics[] metrics =
        [
            new(new SampleGuid("a"), 0, 0.21, 0.7, 0.3, 2, 1),
            new(new SampleGuid("b"), 1, 0.16, 0.2, 0.2, 2, 1000),
            new(new SampleGuid("c"), 2, 0.09, 0.9, 0.1, 3, 1),
            new(new SampleGuid("d"), 3, 0.24, 0.4, 0.05, 1, 0),
        ];
        Assert.Equal(expected, MetricsFilter.Select(metrics, metric, 0.5, worst).Select(sample => sample.Index));
        Assert.Equal(4, MetricsFilter.Select(metrics, metric, 1, worst).Count);
        Assert.Single(MetricsFilter.Select(metrics, metric, 0, worst));
        Assert.Equal("Fraction", TextFiles.Error(() => MetricsFilter.Select(metrics, metric, 1.1, worst)).Where);
    }

    [Theory]
    [InlineData("dynamics_epoch_0.jsonl is missing, where the first epoch is dynamics_epoch_1.jsonl; epochs are numbered from 0", 1, 2)]
    [InlineData("dynamics_epoch_0.jsonl is missing, where the first epoch is dynamics_epoch_7.jsonl; epochs are numbered from 0", 7)]
    [InlineData("dynamics_epoch_1.jsonl is missing, where dynamics_epoch_2.jsonl is there", 0, 2)]
    public void Epochs_that_are_numbered_otherwise(string problem, params int[] epochs)
    {
        using var folder = new TemporaryFolder();
        foreach (var epoch in epochs)
            File.WriteAllText(folder.File(TrainingDynamicsFolder.FileName(epoch)), "{}");
        var error = TextFiles.Error(() => TrainingDynamicsFolder.Open(folder.Path));
        Assert.Equal(problem, $"{Path.GetFileName(error.Where)} {error.Problem}");
    }

    [Theory]
    [InlineData("dynamics_epoch_00.jsonl")]
    [InlineData("dynamics_epoch_0.json")]
    [InlineData("dynamics_epoch_0.jsonl.gz")]
    public void A_file_that_is_named_otherwise(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), "{}");
        Assert.Equal(
            $"holds no dynamics_epoch_0.jsonl but {name}", TextFiles.Error(() => TrainingDynamicsFolder.Open(folder.Path)).Problem);
    }
}
