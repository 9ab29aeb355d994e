using System.Diagnostics;
using System.Runtime.Versioning;
using Dimec.Files;

namespace Dimec.Tests.Files;

/// <summary>Output places as they are in containers: links, volumes, folders that are another user's, full disks, devices.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutputPlaceTests : IDisposable
{
    private const string Marker = "bundle.json";

    private readonly TemporaryFolder _folder = new();

    public OutputPlaceTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such files, links and permissions on Windows.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_to_a_file_is_written_through_and_stays()
    {
        var disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        File.WriteAllText(Path.Combine(disk, "plan"), "old");
        File.CreateSymbolicLink(_folder.File("first"), "disk/plan");
        File.CreateSymbolicLink(_folder.File("second"), "first");
        Directory.CreateSymbolicLink(_folder.File("volume"), disk);
        File.CreateSymbolicLink(Path.Combine(disk, "dangling"), "../disk/./new");
        var before = Names(_folder.Path);

        foreach (var (path, target) in new[] { ("second", "plan"), ("volume/plan", "plan"), ("volume/dangling", "new") })
        {
            AtomicFile.WriteText(_folder.File(path), path);
            Assert.Equal(path, File.ReadAllText(Path.Combine(disk, target)));
        }

        Assert.Equal(before, Names(_folder.Path));
        Assert.Equal("first", new FileInfo(_folder.File("second")).LinkTarget);
        Assert.Equal(["dangling", "new", "plan"], Names(disk));
        AtomicFile.Delete(_folder.File("second"));
        Assert.Equal(["dangling", "new"], Names(disk));
    }

    [Fact]
    public void A_link_to_a_folder_is_written_through_and_stays()
    {
        var disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        WriteBundle(Path.Combine(disk, "b"), "1");
        Directory.CreateSymbolicLink(_folder.File("current"), "disk/b");
        Directory.CreateSymbolicLink(_folder.File("dangling"), "disk/new");

        WriteBundle(_folder.File("current"), "2");
        WriteBundle(_folder.File("dangling") + "/", "3");

        Assert.Equal("disk/b", new DirectoryInfo(_folder.File("current")).LinkTarget);
        Assert.Equal("2", File.ReadAllText(Path.Combine(disk, "b", Marker)));
        Assert.Equal("3", File.ReadAllText(Path.Combine(disk, "new", Marker)));
        Assert.Equal(["b", "new"], Names(disk));
        Assert.Equal(["current", "dangling", "disk"], Names(_folder.Path));
    }

    [Fact]
    public void What_cannot_be_a_place_is_a_sentence()
    {
        File.CreateSymbolicLink(_folder.File("round"), "about");
        File.CreateSymbolicLink(_folder.File("about"), "round");
        var before = Names(_folder.Path);

        foreach (var write in new Action<string>[]
        {
            path => AtomicFile.WriteText(path, ""), path => WriteBundle(path, "1"), path => FolderClaim.Take(path).Dispose(),
        })
        {
            Assert.Contains("go round in a circle", TextFiles.Error(() => write(_folder.File("round"))).Problem, StringComparison.Ordinal);
            Assert.Contains(
                "go round in a circle", TextFiles.Error(() => write(_folder.File("round", "below"))).Problem, StringComparison.Ordinal);
            Assert.Contains("is empty", TextFiles.Error(() => write("")).Problem, StringComparison.Ordinal);
            Assert.Contains("is empty", TextFiles.Error(() => write("  ")).Problem, StringComparison.Ordinal);
            Assert.Contains("NUL", TextFiles.Error(() => write(_folder.File("a\0b"))).Problem, StringComparison.Ordinal);
        }

        Assert.Contains(
            "ends as a folder's name does", TextFiles.Error(() => AtomicFile.WriteText(_folder.File("new") + "/", "")).Problem,
            StringComparison.Ordinal);
        Assert.Contains(
            "is a folder", TextFiles.Error(() => AtomicFile.WriteText(_folder.Path + "/", "")).Problem, StringComparison.Ordinal);
        Assert.Equal(before, Names(_folder.Path));
    }

    [Fact]
    public void What_is_no_regular_file_is_never_replaced()
    {
        Run("mkfifo", _folder.File("pipe"));
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_folder.File("socket")));
        File.CreateSymbolicLink(_folder.File("link"), "/dev/null");
        var places = new[]
        {
            "/dev/null", "/dev/full", _folder.File("pipe"), _folder.File("socket"), _folder.File("link"), "/dev/stdout", "/dev/fd/0",
        };
        var before = places.Select(place => FileKinds.Of(place)).ToArray();

        foreach (var place in places)
        {
            TextFiles.Error(() => AtomicFile.WriteText(place, ""));
            TextFiles.Error(() => WriteBundle(place, "1"));
            TextFiles.Error(() => FolderClaim.Take(place).Dispose());
            TextFiles.Error(() => AtomicFile.Delete(place));
        }

        Assert.Equal(before, places.Select(place => FileKinds.Of(place)));
        Assert.Contains("is a device", TextFiles.Error(() => AtomicFile.WriteText("/dev/null", "")).Problem, StringComparison.Ordinal);
        Assert.Contains(
            "/dev/null is a device and no folder", TextFiles.Error(() => AtomicFile.WriteText("/dev/null/plan.json", "")).Problem,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", 230)]
    [InlineData("a", 255)]
    [InlineData("語", 85)]
    [InlineData("😀", 63)]
    public void A_name_is_as_long_as_the_file_system_takes(string letter, int count)
    {
        var name = string.Concat(Enumerable.Repeat(letter, count));
        AtomicFile.WriteText(_folder.File(name), "1");
        AtomicFile.WriteText(_folder.File(name), "2");
        Assert.Equal("2", File.ReadAllText(_folder.File(name)));
        WriteBundle(_folder.File("folders", name), "1");
        WriteBundle(_folder.File("folders", name), "2");
        Assert.Equal([name], Names(_folder.File("folders")));

        Assert.Contains(
            "longer name", TextFiles.Error(() => AtomicFile.WriteText(_folder.File(name + name), "")).Problem, StringComparison.Ordinal);
        Assert.Contains(
            "longer name", TextFiles.Error(() => WriteBundle(_folder.File(name + name), "1")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_may_hold_anything_else()
    {
        foreach (var name in new[] { "-", "--out", "@x", "a\nb", "*.json", "[a]", " a ", "a\\b", "%s", "~" })
        {
            AtomicFile.WriteText(_folder.File("d", name), name);
            AtomicFile.WriteText(_folder.File("d", name), name);
            Assert.Equal(name, File.ReadAllText(_folder.File("d", name)));
            WriteBundle(_folder.File("f", name), "1");
            WriteBundle(_folder.File("f", name), "2");
        }

        Assert.Equal(Names(_folder.File("d")), Names(_folder.File("f")));
        AtomicFile.WriteText(_folder.File("x", "..", "x", ".", "y"), "");
        Assert.Equal(["y"], Names(_folder.File("x")));
    }

    [Fact]
    public void A_file_keeps_its_permissions_and_its_owner()
    {
        AtomicFile.WriteText(_folder.File("secret"), "");
        WriteBundle(_folder.File("bundle"), "1");
        File.SetUnixFileMode(_folder.File("secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(_folder.File("bundle"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Environment.IsPrivilegedProcess)
            Run("chown", "1234:1235", _folder.File("secret"), _folder.File("bundle"));
        var owner = FileKinds.OwnerOf(_folder.File("secret"));

        AtomicFile.WriteText(_folder.File("secret"), "new");
        WriteBundle(_folder.File("bundle"), "2");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("secret")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("bundle")));
        Assert.Equal(owner, FileKinds.OwnerOf(_folder.File("secret")));
        Assert.Equal(owner, FileKinds.OwnerOf(_folder.File("bundle")));
    }

    [Fact]
    public void A_volume_is_filled_in_place_and_filled_again()
    {
        var volume = Directory.CreateDirectory(_folder.File("vol ume")).FullName;
        LinuxThread.WithVolume(volume, "size=1m", () =>
        {
            Directory.CreateDirectory(Path.Combine(volume, "lost+found"));
            foreach (var revision in new[] { "1", "2" })
            {
                WriteBundle(volume, revision);
                Assert.Equal([Marker, "lost+found", $"model-{revision}"], Names(volume));
                Assert.Equal(revision, File.ReadAllText(Path.Combine(volume, Marker)));
                Assert.Equal(["vol ume"], Names(_folder.Path));
            }

            Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(volume, _ => throw new InvalidOperationException(), Marker));
            Assert.Equal("2", File.ReadAllText(Path.Combine(volume, Marker)));
            Assert.Equal([Marker, "lost+found", "model-2"], Names(volume));
        });
    }

    [Fact]
    public void A_mounted_folder_of_the_same_disk_and_a_mounted_file_are_filled_in_place()
    {
        var (folder, file) = (Directory.CreateDirectory(_folder.File("at")).FullName, _folder.File("plan.json"));
        WriteBundle(folder, "1");
        File.WriteAllText(file, "a longer old content");
        LinuxThread.WithBind(folder, folder, () =>
        {
            WriteBundle(folder, "2");
            Assert.Equal([Marker, "model-2"], Names(folder));
        });
        LinuxThread.WithBind(file, file, () =>
        {
            foreach (var text in new[] { "short", "longer than all that was there before", "", "x" })
            {
                AtomicFile.WriteText(file, text);
                Assert.Equal(text, File.ReadAllText(file));
            }

            Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(file, _ => throw new InvalidOperationException()));
            Assert.Equal("x", File.ReadAllText(file));
        });
        Assert.Equal(["at", "plan.json"], Names(_folder.Path));
    }

    [Fact]
    public void A_folder_in_one_that_is_another_users_is_filled_in_place()
    {
        var data = Directory.CreateDirectory(_folder.File("data")).FullName;
        var own = Directory.CreateDirectory(Path.Combine(data, "own")).FullName;
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(own, (UnixFileMode)0x1FF);
        LinuxThread.AsNobody(() =>
        {
            WriteBundle(own, "1");
            WriteBundle(own, "2");
            Assert.Equal([Marker, "model-2"], Names(own));
            FolderClaim.Take(own).Dispose();

            foreach (var write in new Action[]
            {
                () => AtomicFile.WriteText(Path.Combine(data, "other"), ""),
                () => WriteBundle(Path.Combine(data, "new"), "1"),
                () => FolderClaim.Take(data).Dispose(),
            })
            {
                Assert.Contains("permission is denied", TextFiles.Error(write).Problem, StringComparison.Ordinal);
            }
        });
        Assert.Equal(["own"], Names(data));
    }

    [Fact]
    public void A_file_in_a_folder_that_is_another_users_is_written_in_place()
    {
        Assert.SkipUnless(
            File.GetUnixFileMode(Path.GetTempPath()).HasFlag(UnixFileMode.OtherWrite), "The temporary folder is not everybody's.");
        File.WriteAllText(_folder.File("plan.json"), "old");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(_folder.File("plan.json"), (UnixFileMode)0x1B6);
        LinuxThread.AsNobody(() =>
        {
            AtomicFile.WriteText(_folder.File("plan.json"), "new content");
            Assert.Equal("new content", File.ReadAllText(_folder.File("plan.json")));
        });
        Assert.Equal(["plan.json"], Names(_folder.Path));
    }

    [Fact]
    public void A_read_only_and_a_full_disk_are_named()
    {
        var volume = Directory.CreateDirectory(_folder.File("volume")).FullName;
        LinuxThread.WithReadOnlyVolume(volume, () =>
        {
            foreach (var write in new Action[]
            {
                () => AtomicFile.WriteText(Path.Combine(volume, "a", "b"), ""),
                () => WriteBundle(volume, "1"),
                () => WriteBundle(Path.Combine(volume, "x"), "1"),
                () => ScratchFile.Open(volume).Dispose(),
                () => FolderClaim.Take(volume).Dispose(),
            })
            {
                Assert.Contains("read-only", TextFiles.Error(write).Problem, StringComparison.Ordinal);
            }
        });
        LinuxThread.WithVolume(volume, "size=256k", () =>
        {
            File.WriteAllText(Path.Combine(volume, "kept"), "old");
            foreach (var write in new Action[]
            {
                () => AtomicFile.Write(Path.Combine(volume, "kept"), stream => stream.Write(new byte[1 << 20])),
                () => AtomicFile.Write(Path.Combine(volume, "new", "file"), stream => stream.Write(new byte[1 << 20])),
                () => AtomicFolder.Write(Path.Combine(volume, "b"), made =>
                {
                    using var file = File.Create(Path.Combine(made, "x"));
                    file.Write(new byte[1 << 20]);
                }),
            })
            {
                var failed = Assert.Throws<JobException>(write);
                Assert.StartsWith(volume, failed.Message, StringComparison.Ordinal);
                Assert.Contains("the disk is full", failed.Message, StringComparison.Ordinal);
            }

            Assert.Equal(["kept"], Names(volume));
            Assert.Equal("old", File.ReadAllText(Path.Combine(volume, "kept")));
        });
    }

    [Fact]
    public void What_failed_leaves_no_folder_that_was_made_for_it()
    {
        Assert.Throws<InvalidOperationException>(() =>
            AtomicFile.Write(_folder.File("a", "b", "c"), _ => throw new InvalidOperationException()));
        Assert.Throws<InvalidOperationException>(() =>
            AtomicFolder.Write(_folder.File("a", "b", "c"), _ => throw new InvalidOperationException()));
        FolderClaim.Take(_folder.File("d", "e")).Dispose();
        Assert.Empty(Names(_folder.Path));

        using (FolderClaim.Take(_folder.File("d", "e")))
            File.WriteAllText(_folder.File("d", "e", "record"), "");
        Assert.Equal([".lock", "record"], Names(_folder.File("d", "e")));
    }

    private static void WriteBundle(string path, string revision) => AtomicFolder.Write(
        path,
        made =>
        {
            File.WriteAllText(Path.Combine(made, $"model-{revision}"), "");
            File.WriteAllText(Path.Combine(made, Marker), revision);
        },
        last: Marker);

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
