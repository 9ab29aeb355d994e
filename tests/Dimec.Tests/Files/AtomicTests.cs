using Dimec.Files;

namespace Dimec.Tests.Files;

public sealed class AtomicTests
{
    [Fact]
    public void A_folder_that_could_not_be_filled_or_put_in_place_leaves_the_old_one()
    {
        using var folder = new TemporaryFolder();
        AtomicFolder.Write(folder.File("bundle"), temporary => File.WriteAllText(Path.Combine(temporary, "old"), ""));

        Assert.Throws<InvalidOperationException>(() =>
            AtomicFolder.Write(folder.File("bundle"), _ => throw new InvalidOperationException()));
        // Without the new folder the second of the two renames fails.
        Assert.Throws<JobException>(() => AtomicFolder.Write(folder.File("bundle"), Directory.Delete));

        Assert.Equal([folder.File("bundle"), folder.File("bundle", "old")], Entries(folder));
    }

    [Fact]
    public void What_stands_in_the_way_is_the_callers_to_move()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        Directory.CreateDirectory(folder.File("folder"));
        var before = Entries(folder);

        Assert.Contains(
            "is a folder", TextFiles.Error(() => AtomicFile.WriteText(folder.File("folder"), "")).Problem, StringComparison.Ordinal);
        Assert.Contains(
            "is a file and no folder", TextFiles.Error(() => AtomicFile.WriteText(folder.File("file", "a", "b"), "")).Problem,
            StringComparison.Ordinal);
        Assert.Contains(
            "is a file", TextFiles.Error(() => AtomicFolder.Write(folder.File("file"), _ => { })).Problem, StringComparison.Ordinal);
        Assert.Contains(
            "is a file and no folder", TextFiles.Error(() => AtomicFolder.Write(folder.File("file", "a"), _ => { })).Problem,
            StringComparison.Ordinal);
        Assert.Equal(before, Entries(folder));
    }

    [Fact]
    public void Leftovers_are_known_by_their_names()
    {
        using var folder = new TemporaryFolder();
        var unique = Guid.NewGuid().ToString("N");
        string[] leftovers = [folder.File($".plan.json.{unique}.tmp"), folder.File("below", $".metrics.jsonl.{unique}.tmp")];
        string[] others =
        [
            folder.File(".lock"), folder.File(".notes.tmp"), folder.File($"plan.{unique}.tmp"),
            folder.File("below", $".notes-{unique}.tmp"),
        ];
        Directory.CreateDirectory(folder.File("below", $".model.{unique}.tmp"));
        Directory.CreateDirectory(folder.File($".model.{unique}.old"));
        File.WriteAllText(folder.File($".model.{unique}.old", $".model.json.{unique}.tmp"), "");
        foreach (var file in leftovers.Concat(others))
            File.WriteAllText(file, "");

        Leftovers.Remove(folder.Path);

        Assert.Equal(others.Append(folder.File("below")).Order(StringComparer.Ordinal), Entries(folder));
    }

    private static string[] Entries(TemporaryFolder folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
