namespace Dimec.Text.Tests.Tasks;

/// <summary>Whatever stands in a data file: it is read, or a sentence says what is wrong.</summary>
public sealed class DamagedDataTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_lines() => Check("t.jsonl", string.Concat(Enumerable.Range(0, 40)
        .Select(i => $"{{\"text\":\"text {i}\",\"other\":\"\\u00e9\",\"label\":{(i % 4 < 2 ? $"{i % 2}" : $"\"{i % 2}\"")}}}\n")),
        new ReaderOptions { PairColumn = "other" });

    [Fact]
    public void Tabs() => Check("t.tsv", "text\tlabel\n" + TaskFolder.Rows(40), new ReaderOptions());

    private void Check(string name, string content, ReaderOptions options) => JsonDamage.Check(
        content,
        bytes => _folder.AddAs(Guid.NewGuid() + name, bytes, file => TaskFolder.Load(file, options)),
        times: 200);
}
