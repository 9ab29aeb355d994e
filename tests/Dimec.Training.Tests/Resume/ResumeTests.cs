using System.Text.RegularExpressions;
using Dimec.Runs;

namespace Dimec.Training.Tests.Resume;

public sealed class ResumeTests
{
    /// <summary>Steps of a stage of the tiny run: 2 epochs of 13 batches.</summary>
    private const int Steps = 26;

    [Theory]
    [InlineData(1, ExitsTraining.Joint)]
    [InlineData(5, ExitsTraining.Joint)]
    [InlineData(12, ExitsTraining.Joint)]
    [InlineData(13, ExitsTraining.Joint)]
    [InlineData(14, ExitsTraining.Joint)]
    [InlineData(25, ExitsTraining.Joint)]
    [InlineData(26, ExitsTraining.Joint)]
    [InlineData(7, ExitsTraining.Frozen)]
    [InlineData(26, ExitsTraining.Frozen)]
    [InlineData(27, ExitsTraining.Frozen)]
    [InlineData(39, ExitsTraining.Frozen)]
    [InlineData(52, ExitsTraining.Frozen)]
    [InlineData(7, ExitsTraining.Alternating)]
    [InlineData(8, ExitsTraining.Alternating)]
    [InlineData(13, ExitsTraining.Alternating)]
    public void ACancelledRunEndsAsTheUnbrokenOne(int step, ExitsTraining exitsTraining)
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("broken")) with { ExitsTraining = exitsTraining };
        TinyTask.Run(arguments with { Out = temporary.File("whole") });

        using var stop = new CancellationTokenSource();
        var progress = new StepWatch(reached =>
        {
            if (reached == step)
                stop.Cancel();
        });
        var exception = Record.Exception(() => TinyTask.Run(arguments, progress: progress, cancellationToken: stop.Token));
        Assert.IsAssignableFrom<OperationCanceledException>(exception);
        Assert.NotEmpty(Directory.GetFiles(temporary.File("broken", "checkpoints")));
        var resumed = new StepWatch(_ => { });
        TinyTask.Run(arguments, progress: resumed);

        Assert.Equal(Enumerable.Range(step + 1, StepsOf(arguments) - step), resumed.Steps);
        AssertSameRuns(temporary.File("whole"), temporary.File("broken"));
    }

    [Theory]
    [InlineData(0, ExitsTraining.Joint)]
    [InlineData(1, ExitsTraining.Joint)]
    [InlineData(1, ExitsTraining.Frozen)]
    [InlineData(1, ExitsTraining.Alternating)]
    public void ARunKilledAnywhereEndsAsTheUnbrokenOne(double distill, ExitsTraining exitsTraining)
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("whole")) with
        {
            Distill = distill,
            ExitsTraining = exitsTraining,
            SelectionDynamics = true,
        };
        // A checkpoint every few steps, by a clock that the test moves.
        var time = new SteppedTime();
        var copies = new List<int>();
        var watch = new StepWatch(reached =>
        {
            time.Advance(TimeSpan.FromSeconds(20));
            // What a kill at this moment would leave: the folder as it is, with nothing flushed or tidied.
            Copy(temporary.File("whole"), temporary.File($"killed-{reached}"));
            copies.Add(reached);
        });
        TinyTask.Run(arguments, progress: watch, time: time);
        Assert.Equal(StepsOf(arguments), copies.Count);

        foreach (var copy in copies.Where(copy => copy % 3 == 1 || copy is 13 or 14 or Steps or (2 * Steps)))
        {
            var folder = temporary.File($"killed-{copy}");
            TinyTask.Run(arguments with { Out = folder });
            AssertSameRuns(temporary.File("whole"), folder);
        }
    }

    [Fact]
    public void ADamagedCheckpointFallsBackToTheOneBefore()
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("whole")));
        var arguments = TinyTask.Arguments(temporary.File("broken"));
        StopAt(arguments, 20, everyStep: true);
        var files = Directory.GetFiles(temporary.File("broken", "checkpoints")).Order().ToArray();
        Assert.Equal(2, files.Length);

        // One bit in the middle of the data: size and header stay right.
        var bytes = File.ReadAllBytes(files[1]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(files[1], bytes);
        var resumed = new StepWatch(_ => { });
        TinyTask.Run(arguments, progress: resumed);

        Assert.Equal(20, resumed.Steps[0]);
        AssertSameRuns(temporary.File("whole"), temporary.File("broken"));
    }

    [Fact]
    public void WhenAllCheckpointsAreDamagedItSaysWhatToDelete()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("broken"));
        StopAt(arguments, 20, everyStep: true);
        foreach (var file in Directory.GetFiles(temporary.File("broken", "checkpoints")))
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..1000]);

        var exception = Assert.Throws<InputException>(() => TinyTask.Run(arguments));
        Assert.Contains("delete this folder to train from the beginning", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherSettingsAreRefusedAndListed()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        StopAt(arguments, 3);

        var exception = Assert.Throws<InputException>(() => TinyTask.Run(
            arguments with { LearningRate = 1e-3, Seed = 5, Exits = [2], Embedding = Predictions.EmbeddingKind.Sum, Threads = 2 },
            TinyTask.Data(train: 100)));
        var places = exception.Errors.Select(error => error.Where[(temporary.File("run").Length + 1)..]).ToArray();
        Assert.Equal(
            [
                "settings.exits",
                "settings.embedding",
                "settings.learningRate",
                "settings.seed",
                "data.parts.train.samples",
                "data.parts.train.sha256",
                "Threads",
            ], places);
        Assert.Contains("was 0.003 when this run began and is 0.001 now", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NewSettingsDecideAndARunFromBeforeThemIsResumedWithoutThem()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        StopAt(arguments, 3);
        var record = temporary.File("run", "run.json");
        var before = Regex.Replace(File.ReadAllText(record), "\\s+\"(exitsTraining|precision|distill)\\w*\": [^,]+,", "");
        Assert.DoesNotContain("distill", before, StringComparison.Ordinal);
        File.WriteAllText(record, before);

        var exception = Assert.Throws<InputException>(() =>
            TinyTask.Run(arguments with { Distill = 0.5, DistillTemperature = 4, ExitsTraining = ExitsTraining.Frozen }));
        Assert.Equal(
            [
                ("settings.distill", "was 0 when this run began and is 0.5 now"),
                ("settings.distillTemperature", "was 2 when this run began and is 4 now"),
                ("settings.exitsTraining", "was \"joint\" when this run began and is \"frozen\" now"),
            ],
            exception.Errors.Select(error => (error.Where[(temporary.File("run").Length + 1)..], error.Problem)));
        Assert.False(TinyTask.Run(arguments).WasFinished);
    }

    [Fact]
    public void AFinishedRunIsLeftAsItIs()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        var first = TinyTask.Run(arguments);
        var before = Snapshot(temporary.File("run"));
        var again = TinyTask.Run(arguments);

        Assert.False(first.WasFinished);
        Assert.True(again.WasFinished);
        Assert.Equal(first.Accuracy["dev"], again.Accuracy["dev"]);
        Assert.Equal(before, Snapshot(temporary.File("run")));
    }

    [Fact]
    public void ARunThatWasKilledOnceItWasFinishedKeepsNoCheckpoints()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        TinyTask.Run(arguments);
        var left = temporary.File("run", "checkpoints", "step-000000001.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        File.WriteAllText(left, "");

        Assert.True(TinyTask.Run(arguments).WasFinished);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void TheSameSeedGivesTheSameWeightsAndAnotherSeedOthers()
    {
        using var temporary = new TemporaryFolder();
        foreach (var (name, seed) in new[] { ("a", 3), ("b", 3), ("c", 4) })
            TinyTask.Run(TinyTask.Arguments(temporary.File(name)) with { Seed = seed });

        AssertSameRuns(temporary.File("a"), temporary.File("b"));
        Assert.NotEqual(
            File.ReadAllBytes(temporary.File("a", "model", "model.safetensors")),
            File.ReadAllBytes(temporary.File("c", "model", "model.safetensors")));
    }

    [Fact]
    public void TwoProcessesCannotWriteOneRun()
    {
        using var temporary = new TemporaryFolder();
        using var claim = new RunFolder(temporary.File("run")).Claim();
        var exception = Assert.Throws<InputException>(() => TinyTask.Run(TinyTask.Arguments(temporary.File("run"))));
        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>All but the lock, which the running process holds and a dead one would not.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != ".lock"))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    private static int StepsOf(TrainingArguments arguments) => arguments.ExitsTraining == ExitsTraining.Frozen ? 2 * Steps : Steps;

    private static void StopAt(TrainingArguments arguments, int step, bool everyStep = false)
    {
        using var stop = new CancellationTokenSource();
        var time = new SteppedTime();
        var progress = new StepWatch(reached =>
        {
            if (everyStep)
                time.Advance(TimeSpan.FromMinutes(1));
            if (reached == step)
                stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() =>
            TinyTask.Run(arguments, progress: progress, time: time, cancellationToken: stop.Token));
    }

    private static void AssertSameRuns(string expected, string actual)
    {
        string[] same = ["model", "dynamics", "predictions", "embeddings"];
        var files = same.SelectMany(folder => Directory.GetFiles(Path.Combine(expected, folder), "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(expected, path)).Order().ToArray();
        Assert.Equal(files, same.SelectMany(folder => Directory.GetFiles(Path.Combine(actual, folder), "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(actual, path)).Order());
        Assert.Contains(Path.Combine("dynamics", "exit-2", "training_dynamics", "dynamics_epoch_1.jsonl"), files);
        foreach (var file in files)
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(expected, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, file))),
                $"{file} differs");
        }
    }

    private static (string Path, DateTime Written)[] Snapshot(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != ".lock").Order()
            .Select(path => (path, File.GetLastWriteTimeUtc(path)))];
}
