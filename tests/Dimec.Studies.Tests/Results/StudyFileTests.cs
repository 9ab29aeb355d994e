using Dimec.Files;
using Dimec.Studies.Results;


namespace Dimec.Studies.Tests.Results;

/// <summary>A study's result files, as somebody may have damaged them.</summary>
public sealed class StudyFileTests : IDisposable
{
    private static readonly Dictionary<string, string> s_from = new() { ["dev"] = "0123" };
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("made.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_result_is_read_back_as_it_was_written()
    {
        StudyFile.Write(Path, s_from, new Made("one", [1, 2], double.NaN, null));
        var made = StudyFile.Read<Made>(Path, s_from)!;
        Assert.Equal(("one", double.NaN, null), (made.Name, made.Area, made.Note));
        Assert.Equal([1, 2], made.Gold);
        Assert.Null(StudyFile.Read<Made>(Path, new Dictionary<string, string> { ["dev"] = "4567" }));
    }

    [Theory]
    [InlineData("\"gold\":[1,2]", "\"gold\":null")]
    [InlineData("\"gold\":[1,2],", "")]
    [InlineData("\"name\":\"one\"", "\"name\":null")]
    [InlineData("\"dev\":\"0123\"", "\"dev\":null")]
    [InlineData("\"madeFrom\":{\"dev\":\"0123\"}", "\"madeFrom\":null")]
    [InlineData("}", "")]
    public void A_damaged_result_counts_as_none(string text, string damage)
    {
        StudyFile.Write(Path, s_from, new Made("one", [1, 2], 0.5, null));
        var whole = File.ReadAllText(Path);
        Assert.Contains(text, whole, StringComparison.Ordinal);
        File.WriteAllText(Path, whole.Replace(text, damage, StringComparison.Ordinal));
        Assert.Null(StudyFile.Read<Made>(Path, s_from));
    }

    [Fact]
    public void What_a_result_is_made_from_has_to_be_there()
    {
        var error = Assert.Throws<InputException>(() => FileHash.Of(Path));
        Assert.Contains($"{Path}: does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_stands_in_it_counts_as_none_or_is_taken_over()
    {
        StudyFile.Write(Path, s_from, new Made("one", [1, 2], 0.5, null));
        JsonDamage.Check(File.ReadAllText(Path), bytes =>
        {
            var damaged = _folder.File(Guid.NewGuid().ToString());
            File.WriteAllBytes(damaged, bytes);
            StudyFile.Read<Made>(damaged, s_from);
            File.Delete(damaged);
        }, times: 500);
    }

    private sealed record Made(string Name, IReadOnlyList<int> Gold, double Area, string? Note);
}
