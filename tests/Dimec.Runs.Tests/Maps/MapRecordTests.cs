using System.Text.Json.Nodes;
using CsCheck;
using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Runs.Maps;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;

namespace Dimec.Runs.Tests.Maps;

/// <summary>What <c>map</c> wrote stands in for the dynamics that it was made from, and for no others.</summary>
public sealed class MapRecordTests : IDisposable
{
    private const double Rigged = 0.123456789;
    private readonly PredictedRun _made = new(selectionDynamics: true);
    private readonly Run _run;

    public MapRecordTests() => _run = Run.Open(_made.Path);

    public void Dispose() => _made.Dispose();

    public static TheoryData<MetricsChoice> Choices =>
    [
        new MetricsChoice(),
        new MetricsChoice { Exit = 4 },
        new MetricsChoice { IsOwn = true },
        new MetricsChoice { Options = new CartographyOptions { IncludeCi = true } },
        new MetricsChoice { Exit = 2, Options = new CartographyOptions { IncludeCi = true, BurnOut = 3 } },
    ];

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_plan_is_the_same_byte_for_byte_whether_its_dynamics_were_mapped_before_or_not(MetricsChoice choice)
    {
        var before = Plan(choice);
        _run.Map(new MapOptions { Exit = choice.Exit, Cartography = choice.Options });
        Assert.Equal(before, Plan(choice));
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void What_was_mapped_is_read_in_place_of_its_dynamics(MetricsChoice choice)
    {
        var direct = Metrics(choice);
        _run.Map(new MapOptions { Exit = choice.Exit, Cartography = choice.Options });
        Assert.Equal(direct, Metrics(choice));

        // Nothing could be made of them if they were read.
        var record = Record();
        foreach (var name in record["madeFrom"]!.AsObject().Select(file => file.Key).ToArray())
        {
            var file = Path.Combine(_made.Path, name);
            File.WriteAllText(file, "no dynamics");
            record["madeFrom"]![name] = FileHash.Of(file);
        }

        Assert.Throws<InputException>(() => Metrics(choice));
        Write(record);
        Assert.Equal(direct, Metrics(choice));
    }

    [Fact]
    public void Other_exits_and_options_than_those_of_the_map_are_made_of_the_dynamics()
    {
        MetricsChoice[] choices = [.. Choices.Select(row => row.Data), new() { Options = new CartographyOptions { BurnOut = 2 } }];
        var direct = choices.Select(Metrics).ToArray();
        foreach (var mapped in choices.Where(choice => !choice.IsOwn))
        {
            Map(mapped);
            Assert.All(choices.Zip(direct), pair =>
            {
                var isMapped = (pair.First.Exit ?? 6) == (mapped.Exit ?? 6) && pair.First.Options == mapped.Options;
                Assert.Equal(isMapped, Metrics(pair.First)[0].Confidence == Rigged);
                if (!isMapped)
                    Assert.Equal(pair.Second, Metrics(pair.First));
            });
        }

        void Map(MetricsChoice choice)
        {
            _run.Map(new MapOptions { Exit = choice.Exit, Cartography = choice.Options });
            Rig();
        }
    }

    [Fact]
    public void Each_tiers_own_exit_takes_what_was_mapped_of_it_and_the_rest_of_the_dynamics()
    {
        // The first pool takes by exit 2 alone; without it the second takes by exit 4.
        var (first, second, above) = (
            new PoolThresholds(0.5, [1]), new PoolThresholds(Rigged, [-1]), new PoolThresholds(Rigged + 1e-9, [-1]));
        var direct = Tiers(first).Select(tier => tier == 0).ToArray();
        Assert.Contains(1, Tiers(above));
        _run.Map(new MapOptions { Exit = 4 });
        Rig();
        Assert.Equal(direct, Tiers(first).Select(tier => tier == 0));
        Assert.All(Tiers(second), tier => Assert.Equal(1, tier));
        Assert.All(Tiers(above), tier => Assert.Equal(2, tier));

        int[] Tiers(PoolThresholds thresholds) => MapRecordTests.Tiers(
            new RunMetrics(_run.Folder, new RunParts(_run.Folder)).Training(
                new MetricsChoice { IsOwn = true }, CostStructure.Default([2, 4, 6]))!,
            thresholds);
    }

    [Theory]
    [InlineData("dynamics/exit-6/training_dynamics/dynamics_epoch_2.jsonl")]
    [InlineData("td_metrics.jsonl")]
    public void A_file_that_changed_since_the_map_makes_it_stale(string name)
    {
        _run.Map();
        Rig();
        Assert.Equal(Rigged, Metrics()[0].Confidence);
        File.AppendAllText(Path.Combine(_made.Path, name), "\n");
        Assert.NotEqual(Rigged, Metrics()[0].Confidence);
    }

    [Fact]
    public void An_epoch_more_makes_the_map_stale()
    {
        _run.Map();
        Rig();
        var folder = Path.Combine(_made.Path, "dynamics", "exit-6", TrainingDynamicsFolder.Name);
        File.WriteAllText(
            Path.Combine(folder, TrainingDynamicsFolder.FileName(4)),
            File.ReadAllText(Path.Combine(folder, TrainingDynamicsFolder.FileName(3)))
                .Replace("logits_epoch_3", "logits_epoch_4", StringComparison.Ordinal));
        Assert.NotEqual(Rigged, Metrics()[0].Confidence);
    }

    [Fact]
    public void The_dynamics_of_another_part_are_not_those_that_were_mapped()
    {
        var thresholds = new PoolThresholds(0.5, [1]);
        var direct = Tiers(Request(new MetricsChoice()).SelectionMetrics!, thresholds);
        Assert.Contains(0, direct);
        _run.Map();
        Rig();
        Assert.Equal(direct, Tiers(Request(new MetricsChoice()).SelectionMetrics!, thresholds));
    }

    [Fact]
    public void A_map_that_lies_elsewhere_serves_where_its_run_is()
    {
        _run.Map(new MapOptions { Out = _made.File("elsewhere") });
        Assert.False(File.Exists(_run.Folder.MetricsRecord));
        foreach (var file in Directory.GetFiles(_made.File("elsewhere")))
            File.Copy(file, Path.Combine(_made.Path, Path.GetFileName(file)));
        Rig();
        Assert.Equal(Rigged, Metrics()[0].Confidence);
    }

    [Fact]
    public void Whatever_stands_in_the_record_or_the_metrics_the_dynamics_are_there()
    {
        var direct = Metrics();
        _run.Map();
        foreach (var file in (string[])[_run.Folder.MetricsRecord, _run.Folder.Metrics])
        {
            var whole = File.ReadAllText(file);
            JsonDamage.Check(
                whole,
                bytes =>
                {
                    File.WriteAllBytes(file, bytes);
                    Assert.Equal(direct, OfWhatThereIs(Metrics));
                },
                times: 300);
            File.Delete(file);
            Assert.Equal(direct, Metrics());
            Directory.CreateDirectory(file);
            Assert.Equal(direct, Metrics());
            Directory.Delete(file);
            File.WriteAllText(file, whole);
        }

        // Malformed metrics that a record vouches for.
        File.WriteAllText(_run.Folder.Metrics, "{}\n");
        var record = Record();
        record["metrics"] = FileHash.Of(_run.Folder.Metrics);
        Write(record);
        Assert.Equal(direct, Metrics());

        static IReadOnlyList<SampleMetrics> OfWhatThereIs(Func<IReadOnlyList<SampleMetrics>> metrics)
        {
            try
            {
                return metrics();
            }
            catch (InputException wrong)
            {
                throw new InvalidOperationException("A damaged map is no mistake.", wrong);
            }
        }
    }

    [Fact]
    public void A_record_of_a_later_format_is_not_understood()
    {
        _run.Map();
        Rig();
        var record = Record();
        Assert.Equal(1, (int)record["format"]!);
        record["format"] = 2;
        Write(record);
        Assert.NotEqual(Rigged, Metrics()[0].Confidence);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1024, false)]
    [InlineData(2048, false)]
    [InlineData(3000, false)]
    [InlineData(1024, true)]
    [InlineData(3000, true)]
    public void The_hashes_are_those_of_the_files_in_whatever_order_their_rows_are(int rows, bool reversed)
    {
        using var folder = new TemporaryFolder();
        for (var epoch = 0; epoch < 4; epoch++)
        {
            AtomicFile.Write(folder.File("run", TrainingDynamicsFolder.Name, TrainingDynamicsFolder.FileName(epoch)), stream =>
            {
                using var writer = new DynamicsWriter(stream, epoch);
                foreach (var row in reversed && epoch == 1 ? Enumerable.Range(0, rows).Reverse() : Enumerable.Range(0, rows))
                    writer.Write(new SampleGuid($"{row}"), [row % 7, epoch], row % 2);
            });
        }

        var run = Run.Open(folder.File("run"));
        run.Map(new MapOptions { Cartography = new CartographyOptions { BurnOut = 3 } });
        var record = MapRecord.Read(run.Folder);
        Assert.Equal(FileHash.Of(run.Folder.Metrics), record.Metrics);
        Assert.Null(record.Exit);
        Assert.Equal((3, 3), (record.Epochs, record.Options.BurnOut));
        Assert.Equal(
            Enumerable.Range(0, 3).Select(epoch => $"training_dynamics/dynamics_epoch_{epoch}.jsonl")
                .Select(name => KeyValuePair.Create(name, FileHash.Of(folder.File("run", name)))),
            record.MadeFrom.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Metrics_are_read_bit_for_bit_as_they_were_written() =>
        (from bits in Gen.Long[0, BitConverter.DoubleToInt64Bits(1)]
         from negative in Gen.Bool
         from usual in Gen.Double[0, 1]
         let tiny = BitConverter.Int64BitsToDouble(bits)
         select (Tiny: tiny, Closeness: negative ? -tiny : tiny, Usual: usual)).Sample(
            made =>
            {
                var metrics = new SampleMetrics(new SampleGuid("a"), 0, made.Closeness, made.Usual, made.Tiny, 0, 0);
                using var file = new MemoryStream();
                MetricsFile.Write([metrics], file);
                file.Position = 0;
                var read = Assert.Single(MetricsFile.Read(file, "td_metrics.jsonl"));
                Assert.Equal(
                    [Bits(made.Closeness), Bits(made.Usual), Bits(made.Tiny)],
                    [Bits(read.ThresholdCloseness), Bits(read.Confidence), Bits(read.Variability)]);
            },
            iter: 100_000);

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static int[] Tiers(PoolMetrics samples, PoolThresholds thresholds) =>
        [.. Enumerable.Range(0, samples.Count).Select(i => samples.TierOf(i, thresholds, HardRule.LowConfidence))];

    private IReadOnlyList<SampleMetrics> Metrics() => Metrics(new MetricsChoice());

    private IReadOnlyList<SampleMetrics> Metrics(MetricsChoice choice) =>
        new RunMetrics(_run.Folder, new RunParts(_run.Folder)).OneExit(choice)!.Metrics;

    private PlanRequest Request(MetricsChoice choice) => PlanInputs.Read(
        _run.Folder, costs: null,
        new PlanChoices(new PlanningOptions { MaxDrop = 1, Routing = SelectionRouting.Membership }, choice));

    private byte[] Plan(MetricsChoice choice)
    {
        var planned = Assert.IsType<PlanOutcome.Planned>(new Planner(Request(choice)).Plan("pools"));
        using var file = new MemoryStream();
        planned.Plan.Write(file);
        return file.ToArray();
    }

    private JsonObject Record() => JsonNode.Parse(File.ReadAllText(_run.Folder.MetricsRecord))!.AsObject();

    private void Write(JsonObject record) => File.WriteAllText(_run.Folder.MetricsRecord, record.ToJsonString());

    /// <summary>Puts metrics in place of the map's that tell whether they were read, with a record that vouches for them.</summary>
    private void Rig()
    {
        var metrics = _run.Metrics().Select(sample => sample with { Confidence = Rigged });
        AtomicFile.Write(_run.Folder.Metrics, stream => MetricsFile.Write([.. metrics], stream));
        var record = Record();
        record["metrics"] = FileHash.Of(_run.Folder.Metrics);
        Write(record);
    }
}
