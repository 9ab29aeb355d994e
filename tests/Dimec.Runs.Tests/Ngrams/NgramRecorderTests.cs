using Dimec.Cartography;
using Dimec.Exits.Ngrams;
using Dimec.Predictions;
using Dimec.Runs.Ngrams;
using Dimec.Runs.Parts;
using Dimec.Runs.Records;
using Dimec.Text;

namespace Dimec.Runs.Tests.Ngrams;

/// <summary>Exit 0 is added to a run from its texts and labels alone, and nothing else of the run changes.</summary>
public sealed class NgramRecorderTests : IDisposable
{
    private const int Length = 8;

    private const string RunJson = """
        {
          "format": 1, "state": "finished", "settings": { "epochs": 2 }, "backbone": { "name": "tiny" }, "machine": { "threads": 1 },
          "data": { "name": "data", "pair": false, "labels": ["no", "yes"], "parts": {} }, "results": {}, "notes": { "command": "kept" }
        }
        """;

    private static readonly NgramSettings s_settings = new() { MaxLength = Length };

    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public NgramRecorderTests()
    {
        _run = new RunFolder(_folder.File("run"));
        var data = Data();
        foreach (var part in new[] { data.Selection, data.Calibration, data.Dev })
            Predictions(part, part.Samples);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_part_gets_what_the_written_exit_says_of_its_texts()
    {
        var data = Data();
        var before = Read("dev");
        var epochs = new List<(int, int)>();
        Record(data, (done, all) => epochs.Add((done, all)));
        var texts = new NgramTexts(Tokenizer(), Length);
        var model = Model();
        foreach (var part in new[] { data.Selection, data.Calibration, data.Dev })
        {
            var recorded = Read(part.Part);
            Assert.True(recorded.HasExitZero);
            var logits = new float[2];
            foreach (var (place, sample) in part.Samples.Index())
            {
                model.Score(texts.Of(sample.Text), [], logits);
                Assert.Equal(logits, recorded.ZeroLogits(place).ToArray());
            }
        }

        // What was there is as it was.
        var after = Read("dev");
        Assert.Equal(before.Guids, after.Guids);
        for (var sample = 0; sample < before.Count; sample++)
        {
            Assert.Equal(before.Logits(sample, 0).ToArray(), after.Logits(sample, 0).ToArray());
            Assert.Equal(before.Embedding(sample).ToArray(), after.Embedding(sample).ToArray());
        }

        Assert.Equal(Enumerable.Range(1, epochs.Count).Select(epoch => (epoch, epochs.Count)), epochs);
        var dynamics = TrainingDynamicsFolder.Open(RunFolder.ExitDynamics(_run.DynamicsOf("train"), 0));
        Assert.Equal(epochs.Count, dynamics.Count);
        Assert.Equal(
            data.Train.Samples.Select(sample => sample.Guid),
            DataMap.Read(dynamics, new CartographyOptions()).Select(sample => sample.Guid.Text));
    }

    [Fact]
    public void Twice_gives_the_same_files()
    {
        var data = Data();
        string Recorded()
        {
            Record(data);
            return string.Join(' ', Directory.GetFiles(_run.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(Files.FileHash.Of));
        }

        Assert.Equal(Recorded(), Recorded());
    }

    [Fact]
    public void Training_samples_are_answered_where_they_have_not_been_seen()
    {
        var data = Data();
        Assert.False(NgramRecorder.IsRecorded(_run, s_settings));
        Record(data);
        Assert.True(NgramRecorder.IsRecorded(_run, s_settings));
        // As states add them to a run that is finished.
        Predictions(data.Train, data.Train.Samples);
        Assert.False(NgramRecorder.IsRecorded(_run, s_settings));
        Record(data);
        Assert.True(NgramRecorder.IsRecorded(_run, s_settings));
        var (recorded, texts, model) = (Read("train"), new NgramTexts(Tokenizer(), Length), Model());
        Assert.True(recorded.HasExitZero);
        var logits = new float[2];
        var same = data.Train.Samples.Index().Count(sample =>
        {
            model.Score(texts.Of(sample.Item.Text), [], logits);
            return recorded.ZeroLogits(sample.Index).SequenceEqual(logits);
        });
        Assert.True(same < data.Train.Samples.Count / 10, $"{same} of {data.Train.Samples.Count}");
    }

    [Fact]
    public void The_runs_record_says_how_it_was_trained_and_what_else_was_asked_for_is_not_recorded()
    {
        var data = Data();
        File.WriteAllText(_run.Record, RunJson);
        Assert.Null(NgramRecord.Of(_run));
        var settings = s_settings with
        {
            Options = new NgramOptions { Epochs = 3, LearningRate = 0.25, LabelSmoothing = 0, TableBits = 12, Seed = long.MinValue },
        };
        new NgramRecorder(_run, data, Tokenizer(), settings).Record(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            new NgramRecord(settings, 0.25, data.Train.Samples.Count, 0, Model().RowCount, Files.FileHash.Of(_run.Ngram)),
            NgramRecord.Of(_run));
        Assert.True(NgramRecorder.IsRecorded(_run, settings));
        Assert.False(NgramRecorder.IsRecorded(_run, settings with { MaxLength = 7 }));
        Assert.False(NgramRecorder.IsRecorded(_run, s_settings));

        // The rate that was chosen, where none was asked for.
        Record(data);
        var chosen = NgramRecord.Of(_run)!;
        Assert.Equal((s_settings, true), (chosen.Settings, new[] { 0.1, 0.3, 1, 3 }.Contains(chosen.LearningRate)));
        Assert.Equal("kept", RunSummary.Of(_run).Notes["command"]);

        // A file that the record does not mean, and a record of before it said anything.
        File.WriteAllBytes(_run.Ngram, [1]);
        Assert.False(NgramRecorder.IsRecorded(_run, s_settings));
        File.WriteAllText(_run.Record, RunJson);
        Assert.True(NgramRecorder.IsRecorded(_run, s_settings));
    }

    [Fact]
    public void What_the_last_exit_says_is_learnt_beside_the_labels()
    {
        var data = Data();
        File.WriteAllText(_run.Record, RunJson);
        var random = new Random(8);
        float[][] said = [.. data.Train.Samples.Select(_ => Distribution(random.NextSingle()))];
        Sample[] texts = [new("unlabelled-0", "a good d", null, -1), new("unlabelled-1", "bad b", null, -1)];
        var settings = s_settings with { Soft = 0.25, Unlabelled = new DataSource("more.txt", "ab") };
        var soft = new SoftAnswers(said, texts, [Distribution(0.9f), Distribution(0.2f)]);
        var model = new NgramRecorder(_run, data, Tokenizer(), settings, soft)
            .Record(cancellationToken: TestContext.Current.CancellationToken);

        var encode = new NgramTexts(Tokenizer(), Length);
        NgramSample[] expected =
        [
            .. data.Train.Samples.Zip(said, (sample, answer) => encode.Of(sample) with
            {
                Distribution =
                    [(0.25f * answer[0]) + (sample.Label == 0 ? 0.75f : 0), (0.25f * answer[1]) + (sample.Label == 1 ? 0.75f : 0)],
            }),
            encode.Of(texts[0]) with { Distribution = Distribution(0.9f) }, encode.Of(texts[1]) with { Distribution = Distribution(0.2f) },
        ];
        Assert.Equal(Bytes(NgramTrainer.Train(expected, 2, Files.FileHash.Of(TokenizerJson())).Quantize()), Bytes(model));
        var record = NgramRecord.Of(_run)!;
        Assert.Equal((settings, data.Train.Samples.Count, 2), (record.Settings, record.Samples, record.Texts));
        // A file that is called otherwise is the same file, and another one is not.
        Assert.True(NgramRecorder.IsRecorded(_run, settings with { Unlabelled = new DataSource("x/more.txt", "ab") }));
        Assert.False(NgramRecorder.IsRecorded(_run, settings with { Unlabelled = new DataSource("more.txt", "ba") }));
        Assert.False(NgramRecorder.IsRecorded(_run, settings with { Unlabelled = null }));
        Assert.False(NgramRecorder.IsRecorded(_run, settings with { Soft = 0.5 }));

        static float[] Distribution(float share) => [share, 1 - share];

        static byte[] Bytes(NgramModel model)
        {
            using var stream = new MemoryStream();
            model.Write(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void Answers_to_the_training_samples_are_those_that_were_recorded_if_of_all_of_them()
    {
        var samples = Data().Train.Samples;
        Assert.Null(SoftAnswers.Recorded(_run, samples));
        Predictions(Data().Train, [.. samples.Reverse()]);
        var answers = SoftAnswers.Recorded(_run, samples)!;
        // Of the last exit, whose logits are 0 and 1.
        Assert.Equal(samples.Count, answers.Count);
        Assert.All(answers, answer => Assert.Equal(1 / (1 + Math.E), answer[0], 1e-6));
        Assert.All(answers, answer => Assert.Equal(1, answer.Sum(), 1e-6));
        Predictions(Data().Train, [.. samples.Skip(1)]);
        Assert.Null(SoftAnswers.Recorded(_run, samples));
    }

    [Fact]
    public void A_weight_out_of_range_and_answers_that_are_missing_are_refused()
    {
        Assert.Equal(
            "Soft: is 1.5; choose 0 … 1.",
            TextFiles.Error(() => new NgramRecorder(_run, Data(), Tokenizer(), s_settings with { Soft = 1.5 }).Record()).ToString());
        Assert.Throws<ArgumentException>(() => new NgramRecorder(_run, Data(), Tokenizer(), s_settings with { Soft = 1 }).Record());
        Assert.False(File.Exists(_run.Ngram));
    }

    [Theory]
    [InlineData("\"epochs\": 15", "\"epochs\": 0", "ngram.options.epochs: is not a whole number from 1")]
    [InlineData("\"labelSmoothing\": 0.1", "\"labelSmoothing\": 3", "ngram: is not how an n-gram exit can be trained")]
    [InlineData("\"seed\": 0", "\"seed\": 0.5", "ngram.options.seed: is not a whole number")]
    [InlineData("\"maxLength\": 8", "\"maxLength\": \"8\"", "ngram.maxLength: is not a whole number from 1")]
    public void A_broken_record_is_a_sentence(string right, string wrong, string sentence)
    {
        File.WriteAllText(_run.Record, RunJson);
        Record(Data());
        var written = File.ReadAllText(_run.Record);
        Assert.Contains(right, written, StringComparison.Ordinal);
        File.WriteAllText(_run.Record, written.Replace(right, wrong, StringComparison.Ordinal));
        var error = TextFiles.Error(() => NgramRecord.Of(_run));
        Assert.Contains(sentence, $"{error.Where}: {error.Problem}", StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_of_other_samples_are_refused_and_left_as_they_are()
    {
        var data = Data();
        Predictions(data.Dev, [.. data.Dev.Samples.Append(new Sample("stranger", "a", null, 0))]);
        var before = File.ReadAllBytes(_run.Predictions("dev"));
        var error = TextFiles.Error(() => new NgramRecorder(_run, data, Tokenizer(), s_settings).Record());
        Assert.Equal(_run.Predictions("dev"), error.Where);
        Assert.Contains("has the sample 'stranger', which data does not have in dev", error.Problem);
        Assert.Equal(before, File.ReadAllBytes(_run.Predictions("dev")));
        Assert.False(File.Exists(_run.Ngram));
    }

    [Fact]
    public void A_folder_without_predictions_is_refused() => Assert.Equal(
        "has no predictions to add exit 0 to",
        TextFiles.Error(() => new NgramRecorder(new RunFolder(_folder.File("none")), Data(), Tokenizer(), s_settings).Record()).Problem);

    private void Record(TaskData data, Action<int, int>? progress = null) =>
        new NgramRecorder(_run, data, Tokenizer(), s_settings).Record(progress, TestContext.Current.CancellationToken);

    private static WordPieceTokenizer Tokenizer()
    {
        using var vocabulary = TextFiles.Stream("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\nc\nd\ngood\nbad\n");
        return WordPieceTokenizer.FromVocabulary(vocabulary, lowercase: true);
    }

    /// <summary>Which of two words a text has tells its class, but in every seventh.</summary>
    private TaskData Data()
    {
        var path = _folder.File("data.tsv");
        var random = new Random(5);
        File.WriteAllText(path, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 400).Select(i =>
        {
            var right = i % 7 > 0;
            string[] words =
                [.. Enumerable.Range(0, 5).Select(_ => $"{(char)('a' + random.Next(4))}"), (i % 2 == 0) == right ? "good" : "bad"];
            return $"{string.Join(' ', words)}\t{(i % 2 == 0 ? "yes" : "no")}\n";
        })));
        return DataSpec.Parse(path, new ReaderOptions()).Load(TestContext.Current.CancellationToken);
    }

    private void Predictions(Dataset part, IReadOnlyList<Sample> samples)
    {
        var builder = new RecordedExitsBuilder(part.Part, [2, 4], 2, 3);
        foreach (var (place, sample) in samples.Index())
            builder.Add(sample.Guid, sample.Label, [place, 0, 0, 1], [1, 2, place]);
        new RunWriter(_run).Predictions(builder.Build());
    }

    private RecordedExits Read(string part)
    {
        using var stream = File.OpenRead(_run.Predictions(part));
        return RecordedExits.Read(stream, part, part);
    }

    private NgramModel Model()
    {
        using var stream = File.OpenRead(_run.Ngram);
        return NgramModel.Read(stream, "ngram.bin", Files.FileHash.Of(TokenizerJson()));
    }

    private static byte[] TokenizerJson()
    {
        using var tokenizer = new MemoryStream();
        Tokenizer().WriteTokenizerJson(tokenizer);
        return tokenizer.ToArray();
    }
}
