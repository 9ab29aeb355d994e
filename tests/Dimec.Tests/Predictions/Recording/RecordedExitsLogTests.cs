using System.Security.Cryptography;
using System.Text;
using Dimec.Files;
using Dimec.Predictions;
using Dimec.Predictions.Recording;

namespace Dimec.Tests.Predictions.Recording;

/// <summary>A predictions file that grows: bounded, of one bundle, and whole again after a writer that was killed.</summary>
public sealed class RecordedExitsLogTests : IDisposable
{
    private static readonly ExportedExits s_bundle = new(ModelPrecision.Int8, new string('a', 64), ProcessorKind.X64Vnni);
    private static readonly RecordedShape s_shape = new([0, 2, 6], 2, s_bundle);

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("deep", "served.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_added_reads_back_without_labels_and_names_its_bundle_also_after_a_restart()
    {
        using (var log = Open())
            Add(log, "a", "b \"quoted\" ü");
        using (var log = Open())
        {
            Assert.Equal((2, 0, 0, true, false), (log.Count, log.Halvings, log.CutBytes, log.Contains("a"), log.Contains("c")));
            Add(log, "c");
            Assert.Throws<ArgumentException>(() => log.Add("c", Logits("c")));
            Assert.Throws<ArgumentException>(() => log.Add("d", [1, 2]));
        }

        var recorded = Read();
        Assert.Equal(["a", "b \"quoted\" ü", "c"], recorded.Guids);
        Assert.Equal([-1, -1, -1], recorded.Gold);
        Assert.Equal((s_bundle, 2, true), (recorded.Exported, recorded.Classes, recorded.HasExitZero));
        Assert.Equal([2, 6], recorded.Exits);
        foreach (var (i, guid) in recorded.Guids.Index())
        {
            Assert.Equal(Logits(guid)[..2], recorded.ZeroLogits(i).ToArray());
            Assert.Equal(Logits(guid)[4..], recorded.Logits(i, 1).ToArray());
        }
    }

    /// <summary>Whether with restarts or without, the file holds exactly those whose names' hashes begin with so many zero bits.</summary>
    [Theory]
    [InlineData(256, 0)]
    [InlineData(256, 700)]
    [InlineData(1000, 333)]
    public void A_full_file_is_halved_and_stays_a_uniform_sample_of_all(int limit, int restart)
    {
        const int Offered = 20_000;
        var log = Open(limit);
        for (var i = 0; i < Offered; i++)
        {
            if (restart > 0 && i % restart == 0)
            {
                log.Dispose();
                log = Open(limit);
            }

            if (log.Draws($"s{i}"))
                Add(log, $"s{i}");
            Assert.InRange(log.Count, 0, limit);
        }

        var halvings = log.Halvings;
        log.Dispose();
        string[] expected = [.. Enumerable.Range(0, Offered).Select(i => $"s{i}").Where(guid => ZeroBits(guid) >= halvings)];
        var recorded = Read();
        Assert.Equal(expected, recorded.Guids);
        Assert.True(recorded.Count < limit && halvings >= 4, $"{recorded.Count} samples after {halvings} halvings.");
        // As many of the first half of the time as of the second.
        Assert.InRange(recorded.Guids.Count(guid => int.Parse(guid[1..], null) < Offered / 2) / (double)recorded.Count, 0.35, 0.65);
        Assert.Equal(
            [".served.jsonl.lock", "served.jsonl"],
            new DirectoryInfo(_folder.File("deep")).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_line_that_was_cut_anywhere_is_left_out_and_recording_goes_on_after_it()
    {
        using (var log = Open())
            Add(log, "a", "b");
        var whole = File.ReadAllBytes(Path);
        var second = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            using (var log = Open())
            {
                Assert.Equal((length < second ? 0 : 1, length < second ? length : length - second), (log.Count, log.CutBytes));
                Add(log, "c");
            }

            Assert.Equal(length < second ? ["c"] : ["a", "c"], Read().Guids);
        }
    }

    [Fact]
    public void A_file_that_is_read_while_its_last_line_is_written_is_a_sentence()
    {
        using (var log = Open())
            Add(log, "a", "b");
        var whole = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, whole[..^5]);
        var error = TextFiles.Error(() => Read());
        Assert.EndsWith("line 2", error.Where, StringComparison.Ordinal);
        Assert.StartsWith("is the file's last and ends within an object", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_refused_and_left_as_they_are()
    {
        using (var log = Open())
            Add(log, "a");
        Refused(
            File.ReadAllText(Path), $"holds what the exits of the bundle {new string('a', 64)} say",
            Other(s_bundle with { Bundle = "b" }));
        Refused(File.ReadAllText(Path), "holds the exits 0, 2, 6, and 0, 2, 4, 6 are recorded", s_shape with { Exits = [0, 2, 4, 6] });
        Refused("{\"guid\":\"a\",\"gold\":1,\"logits\":{\"0\":[1,2],\"2\":[1,2],\"6\":[1,2]}}\n", "does not say which bundle's", s_shape);
        Refused("my diary, without an end", "is no predictions file", s_shape);
        Refused("{\"format\": 1}\n", "has no guid", s_shape);
        // The same bundle on another machine goes on.
        File.Delete(Path);
        using (var log = Open())
            Add(log, "a");
        RecordedExitsLog.Open(Path, Other(s_bundle with { Processor = ProcessorKind.Arm64 }), 256).Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => RecordedExitsLog.Open(Path, s_shape, 255));
        Assert.StartsWith(
            _folder.Path, TextFiles.Error(() => RecordedExitsLog.Open(_folder.Path, s_shape, 256)).Where, StringComparison.Ordinal);

        RecordedShape Other(ExportedExits exits) => s_shape with { Exported = exits };

        void Refused(string content, string problem, RecordedShape shape)
        {
            File.WriteAllText(Path, content);
            Assert.Contains(problem, TextFiles.Error(() => RecordedExitsLog.Open(Path, shape, 256)).Problem, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllText(Path));
        }
    }

    [Fact]
    public void Two_writers_are_kept_apart_and_a_reader_is_let()
    {
        using (var log = Open())
        {
            Add(log, "a");
            Assert.Equal("is being written by another process", TextFiles.Error(() => Open()).Problem);
            Assert.Equal(1, Read().Count);
        }

        Open().Dispose();
    }

    [Fact]
    public void A_file_that_cannot_be_halved_fails_and_nothing_is_lost()
    {
        using var log = Open();
        var added = 0;
        while (added < 255)
            Add(log, $"s{added++}");
        var content = File.ReadAllText(Path);
        File.Move(Path, Path + ".kept");
        Directory.CreateDirectory(Path);
        Assert.Throws<InputException>(() => Add(log, "s255"));
        Assert.StartsWith(content, File.ReadAllText(Path + ".kept"), StringComparison.Ordinal);
    }

    /// <summary>Counted bit by bit.</summary>
    private static int ZeroBits(string guid)
    {
        var bits = string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(guid)).Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
        return bits.IndexOf('1', StringComparison.Ordinal);
    }

    private RecordedExitsLog Open(int limit = 256) => RecordedExitsLog.Open(Path, s_shape, limit);

    private static void Add(RecordedExitsLog log, params string[] guids)
    {
        foreach (var guid in guids)
            log.Add(guid, Logits(guid));
    }

    private static float[] Logits(string guid) => [.. Enumerable.Range(0, 6).Select(i => (guid.Length * 0.1f) - i)];

    private RecordedExits Read()
    {
        using var stream = InputFile.OpenRead(Path);
        return RecordedExits.Read(stream, PartNames.Calibration, Path);
    }
}
