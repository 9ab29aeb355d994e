namespace Dimec.Text.Tests.Made;

/// <summary>A folder of files made for one test.</summary>
internal sealed class TaskFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>Writes a file as UTF-8 without a byte-order mark and returns its path.</summary>
    public string Add(string name, string content) => Add(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string Add(string name, byte[] content)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Writes a file for as long as something is done with it.</summary>
    public void AddAs(string name, byte[] content, Action<string> use)
    {
        var path = Add(name, content);
        use(path);
        File.Delete(path);
    }

    /// <summary>Rows of a text and a label, the labels 0 to <paramref name="labels"/> − 1 in turn.</summary>
    public static string Rows(int count, int labels = 2) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"text {i}\t{i % labels}\n"));

    /// <summary>What a specification that must be refused is told, each error a line, with the folder left out.</summary>
    public string[] Refusal(string spec, ReaderOptions? options = null)
    {
        var exception = Assert.Throws<InputException>(() => DataSpec.Parse(spec, options).Load(TestContext.Current.CancellationToken));
        return [.. exception.Errors.Select(error =>
            error.ToString().Replace(Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
    }

    public static TaskData Load(string spec, ReaderOptions? options = null) =>
        DataSpec.Parse(spec, options).Load(TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
