[assembly: AssemblyFixture(typeof(MadeRun))]

namespace Dimec.EndToEnd.Tests.Made;

/// <summary>
/// A finished run of a tiny encoder with plans and a bundle, made once by the tool. Tests that change a part of it take a copy.
/// </summary>
public sealed class MadeRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Run => _folder.File("run");

    /// <summary>Everything on the edge.</summary>
    public string EdgePlan => _folder.File("edge.json");

    public string Bundle => _folder.File("bundle");

    public async ValueTask InitializeAsync()
    {
        var data = MadeData.WriteTsv(_folder.File("weather.tsv"));
        var backbone = MadeCheckpoint.Write(_folder.File("encoder"));
        await Tool.DoneAsync(
            "train", "--data", data, "--backbone", backbone, "--exits", "1,2,3", "--epochs", "2", "--threads", "1", "--out", Run);
        await Tool.DoneAsync("plan", Run, "--policy", "edge", "--max-drop", "1", "--out", EdgePlan);
        await Tool.DoneAsync("export", Run, "--plan", EdgePlan, "--out", Bundle);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A copy of a folder, to be broken in one place.</summary>
    public static string Copy(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        return to;
    }

    /// <summary>Changes a text file line by line; the change gets the line's number from 1.</summary>
    public static void Edit(string file, Func<int, string, string> change) =>
        File.WriteAllText(file, string.Concat(File.ReadAllLines(file).Select((line, i) => change(i + 1, line) + "\n")));
}
