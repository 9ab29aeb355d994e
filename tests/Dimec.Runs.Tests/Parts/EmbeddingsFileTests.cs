using Dimec.Predictions;
using Dimec.Runs.Parts;

namespace Dimec.Runs.Tests.Parts;

/// <summary>The embeddings that a training writes are read as they were, or refused with what is wrong.</summary>
public sealed class EmbeddingsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public EmbeddingsFileTests()
    {
        _run = new RunFolder(_folder.Path);
        new RunWriter(_run).TrainEmbeddings(["a", "b"], EmbeddingKind.TokenNorms, 3, [1, 2, 3, 4, 5, 6]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        var read = Read(recorded: null);
        Assert.Equal((3, EmbeddingKind.TokenNorms), (read.Size, read.Kind));
        Assert.Equal(["a", "b"], read.Guids);
    }

    [Fact]
    public void A_kind_that_the_record_contradicts_is_refused() => Assert.Contains(
        "where run.json says", Assert.Throws<InputException>(() => Read(EmbeddingKind.Sum)).Message, StringComparison.Ordinal);

    [Fact]
    public void As_many_guids_as_rows_are_asked_for()
    {
        File.WriteAllText(_run.TrainGuids, "a\n");
        Assert.Contains("has 2 rows where ", Assert.Throws<InputException>(() => Read(recorded: null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Guids_are_UTF_8()
    {
        File.WriteAllBytes(_run.TrainGuids, [0x61, 0x0A, 0x62, 0xFF, 0x0A]);
        Assert.Contains("not UTF-8", Assert.Throws<InputException>(() => Read(recorded: null)).Message, StringComparison.Ordinal);
    }

    private SampleEmbeddings Read(EmbeddingKind? recorded) => EmbeddingsFile.Read(_run.TrainEmbeddings, _run.TrainGuids, recorded);
}
