using System.Diagnostics;
using System.Net.Sockets;
using Dimec.Files;

namespace Dimec.Tests.Files;

public sealed class FileKindsTests
{
    [Fact]
    public void Everything_that_can_stand_at_a_path_is_told_apart()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has neither pipes nor devices in its folders.");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        Process.Start("mkfifo", [folder.File("pipe")]).WaitForExit();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.File("s")));
        File.CreateSymbolicLink(folder.File("link"), folder.File("file"));
        File.CreateSymbolicLink(folder.File("dangling"), folder.File("nothing"));
        File.CreateSymbolicLink(folder.File("loop"), folder.File("loop"));

        Assert.Equal(FileKind.File, FileKinds.Of(folder.File("file")));
        Assert.Equal(FileKind.Folder, FileKinds.Of(folder.Path + "/"));
        Assert.Equal(FileKind.Pipe, FileKinds.Of(folder.File("pipe")));
        Assert.Equal(FileKind.Socket, FileKinds.Of(folder.File("s")));
        Assert.Equal(FileKind.Device, FileKinds.Of("/dev/null"));
        Assert.Equal(FileKind.File, FileKinds.Of(folder.File("link")));
        Assert.Equal(FileKind.Link, FileKinds.Of(folder.File("link"), followLinks: false));
        Assert.Equal(FileKind.Nothing, FileKinds.Of(folder.File("dangling")));
        Assert.Equal(FileKind.Link, FileKinds.Of(folder.File("dangling"), followLinks: false));
        Assert.Equal(FileKind.Nothing, FileKinds.Of(folder.File("loop")));
        Assert.Equal(FileKind.Nothing, FileKinds.Of(folder.File("file", "below")));
        Assert.All(["", "a\0b", new string('a', 300), folder.File("nothing")], path => Assert.Equal(FileKind.Nothing, FileKinds.Of(path)));
    }
}
