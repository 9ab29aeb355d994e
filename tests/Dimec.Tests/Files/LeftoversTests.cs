using Dimec.Files;

namespace Dimec.Tests.Files;

/// <summary>What killed processes left is removed by the next one that writes there, and what a living one writes is not.</summary>
public sealed class LeftoversTests : IDisposable
{
    private const string Marker = "bundle.json";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_next_write_to_a_place_removes_what_is_left_of_earlier_ones()
    {
        var unique = Guid.NewGuid().ToString("N");
        File.WriteAllText(_folder.File($".plan.json.{unique}.tmp"), "");
        File.WriteAllText(_folder.File($".other.json.{unique}.tmp"), "");
        Directory.CreateDirectory(_folder.File($".bundle.{unique}.tmp", "made"));
        Directory.CreateDirectory(_folder.File($".bundle.{unique}.old"));

        AtomicFile.WriteText(_folder.File("plan.json"), "");
        Assert.Equal([$".bundle.{unique}.old", $".bundle.{unique}.tmp", $".other.json.{unique}.tmp", "plan.json"], Names(_folder.Path));
        AtomicFolder.Write(_folder.File("bundle"), _ => { });
        Assert.Equal([$".other.json.{unique}.tmp", "bundle", "plan.json"], Names(_folder.Path));
    }

    [Fact]
    public void What_another_one_still_writes_is_not_touched()
    {
        AtomicFile.Write(_folder.File("plan.json"), stream =>
        {
            stream.Write("first"u8);
            AtomicFile.WriteText(_folder.File("plan.json"), "second");
            Leftovers.Remove(_folder.Path);
        });
        Assert.Equal("first", File.ReadAllText(_folder.File("plan.json")));

        AtomicFolder.Write(_folder.File("bundle"), made =>
        {
            File.WriteAllText(Path.Combine(made, "first"), "");
            AtomicFolder.Write(_folder.File("bundle"), other => File.WriteAllText(Path.Combine(other, "second"), ""));
            Leftovers.Remove(_folder.Path);
        });
        Assert.Equal(["first"], Names(_folder.File("bundle")));
        Assert.Equal(["bundle", "plan.json"], Names(_folder.Path));
    }

    [Fact]
    public void A_folder_that_was_moved_away_when_its_process_was_killed_gets_its_successor()
    {
        var work = _folder.File($".bundle.{Guid.NewGuid():N}.tmp");
        Write(Path.Combine(work, "replaced"), "old");
        Write(Path.Combine(work, "made"), "new");
        File.WriteAllText(Path.Combine(work, ".lock"), _folder.File("bundle"));

        AtomicFolder.Finish(_folder.File("bundle"), Marker);

        Assert.Equal(["bundle"], Names(_folder.Path));
        Assert.Equal("new", File.ReadAllText(_folder.File("bundle", Marker)));
    }

    [Fact]
    public void A_folder_that_was_filled_in_place_when_its_process_was_killed_is_the_old_or_the_new_one_afterwards()
    {
        var (target, work) = (_folder.File("volume"), _folder.File("volume", $".volume.{Guid.NewGuid():N}.tmp"));
        // Killed while the old content left: its mark is gone already.
        Write(Path.Combine(work, "leaving"), "old");
        Write(Path.Combine(work, "made"), "new");
        File.WriteAllText(Path.Combine(target, "model"), "old");
        File.Delete(Path.Combine(work, "leaving", "model"));
        AtomicFolder.Finish(target, Marker);
        Assert.Equal([Marker, "model"], Names(target));
        Assert.Equal("old", File.ReadAllText(Path.Combine(target, Marker)));

        // Killed while the new content came: its mark is not there yet.
        Write(Path.Combine(work, "left"), "old");
        Write(Path.Combine(work, "made"), "new");
        File.Delete(Path.Combine(target, Marker));
        File.Move(Path.Combine(work, "made", "model"), Path.Combine(target, "model"), overwrite: true);
        AtomicFolder.Finish(target, Marker);
        Assert.Equal([Marker, "model"], Names(target));
        Assert.All([Marker, "model"], name => Assert.Equal("new", File.ReadAllText(Path.Combine(target, name))));
    }

    private static void Write(string folder, string revision)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "model"), revision);
        File.WriteAllText(Path.Combine(folder, Marker), revision);
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
}
