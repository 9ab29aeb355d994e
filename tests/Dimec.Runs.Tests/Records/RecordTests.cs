using Dimec.Runs.Ngrams;
using Dimec.Runs.Records;

namespace Dimec.Runs.Tests.Records;

/// <summary>What others may have made of a run's record.</summary>
public sealed class RecordTests : IDisposable
{
    private const string Record = """
        {
          "format": 1, "state": "finished",
          "settings": { "exits": [1, 2], "epochs": 2, "learningRate": 0.003, "embedding": "layer-norm" },
          "backbone": { "name": "tiny", "files": [], "config": { "layers": 2 } },
          "data": { "name": "tiny", "metric": "accuracy", "pair": false, "labels": ["even", "odd"], "parts": { "train": { "samples": 200, "skipped": 0, "sha256": "ab" }, "dev": { "samples": 20 } } },
          "machine": { "threads": 1, "os": "é" },
          "notes": { "command": "dimec train" },
          "ngram": { "options": { "epochs": 15, "learningRate": null, "labelSmoothing": 0.1, "tableBits": 20, "seed": 0 }, "maxLength": 8, "soft": 0.5, "unlabelled": { "file": "a.txt", "sha256": "ab" }, "learningRate": 1, "samples": 2, "texts": 1, "rows": 9, "sha256": "cd" },
          "results": { "accuracy": { "dev": { "1": 0.5, "2": 0.75 } }, "notes": ["A note."], "warnings": ["A warning."], "samplesPerSecond": 10.5, "states": [1] }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_it_says_is_read()
    {
        File.WriteAllText(_folder.File("run.json"), "\uFEFF" + Record);
        var summary = RunSummary.Of(new RunFolder(_folder.Path));
        Assert.Equal(["A note.", "A warning."], summary.Warnings);
        Assert.Equal(["even", "odd"], summary.Labels);
        Assert.Equal(10.5, summary.SamplesPerSecond);
        Assert.Equal(["A note."], RunRecord.Read(_folder.File("run.json")).Notes());
    }

    [Theory]
    [InlineData("\"labels\": [\"even\", \"odd\"]", "\"labels\": [\"even\", 1]", " data.labels[1]: is not a text")]
    [InlineData("\"epochs\": 2", "\"epochs\": 1e400", " settings.epochs: is not a whole number from 0")]
    [InlineData("\"epochs\": 2", "\"epochs\": 2, \"epochs\": 3", ": is not well-formed JSON (Duplicate")]
    [InlineData("\"pair\": false,", "", " data.pair: is missing")]
    [InlineData("\"layer-norm\"", "\"none\"", " settings.embedding: is not one of")]
    [InlineData("\"command\"", "\"\\ud800\"", " line 7: holds an escape sequence that is half a character")]
    [InlineData("\"A note.\"", "NaN", " line 9: holds NaN or Infinity")]
    public void What_is_wrong_with_it_is_named_by_its_key(string right, string wrong, string sentence)
    {
        File.WriteAllText(_folder.File("run.json"), Record.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(
            "run.json" + sentence, Assert.Throws<InputException>(() => RunSummary.Of(new RunFolder(_folder.Path))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_stands_in_it_is_taken_or_a_sentence() => JsonDamage.Check(Record, bytes =>
    {
        var folder = Directory.CreateDirectory(_folder.File(Guid.NewGuid().ToString())).FullName;
        File.WriteAllBytes(Path.Combine(folder, "run.json"), bytes);
        InputException? wrong = null;
        try
        {
            var record = RunRecord.Read(Path.Combine(folder, "run.json"));
            record.CheckSame(record, folder, new InputErrors());
            record.Accuracy();
            // A run that is not finished need not have results, and no states are added to it.
            if (record.IsFinished)
                record.WithStates([2]);
        }
        catch (InputException refused)
        {
            wrong = refused;
        }

        RunSummary.Of(new RunFolder(folder));
        NgramRecord.Of(new RunFolder(folder));
        Directory.Delete(folder, recursive: true);
        if (wrong is not null)
            throw wrong;
    }, times: 1000);
}
