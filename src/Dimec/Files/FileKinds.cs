using System.Runtime.InteropServices;

namespace Dimec.Files;

/// <summary>
/// Tells what stands at a path. .NET's own <c>File.Exists</c> is true for pipes and devices as well,
/// which block a reader or are lost when they are replaced.
/// </summary>
public static partial class FileKinds
{
    private const int TypeMask = 0xF000;

    /// <summary>Looks at a path.</summary>
    /// <param name="path">Any path; one that no system takes holds nothing.</param>
    /// <param name="followLinks">Whether a symbolic link counts as what it leads to (a dangling one as nothing), or as a link.</param>
    public static FileKind Of(string path, bool followLinks = true)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            return FileKind.Nothing;
        return OperatingSystem.IsWindows() ? OnWindows(path, followLinks) : OnUnix(Path.TrimEndingDirectorySeparator(path), followLinks);
    }

    /// <summary>The word for a kind in a sentence, e.g. <c>a pipe</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string Describe(FileKind kind) => kind switch
    {
        FileKind.File => "a file",
        FileKind.Folder => "a folder",
        FileKind.Link => "a symbolic link",
        FileKind.Pipe => "a pipe",
        FileKind.Device => "a device",
        FileKind.Socket => "a socket",
        _ => "nothing",
    };

    /// <summary>Whom something belongs to; null where there is nothing.</summary>
    internal static (uint User, uint Group)? OwnerOf(string path) => Stat(path, out var status) == 0 ? (status.User, status.Group) : null;

    private static FileKind OnWindows(string path, bool followLinks)
    {
        var info = new FileInfo(path);
        if (!followLinks && info.LinkTarget is not null)
            return FileKind.Link;
        return Directory.Exists(path) ? FileKind.Folder : info.Exists ? FileKind.File : FileKind.Nothing;
    }

    private static FileKind OnUnix(string path, bool followLinks)
    {
        var failed = followLinks ? Stat(path, out var status) : LinkStat(path, out status);
        if (failed != 0)
            return FileKind.Nothing;
        return (status.Mode & TypeMask) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
    }

    // The runtime's own call, which it ships on every Unix: the C library's would need a layout for each of them.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, out FileStatus status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkStat(string path, out FileStatus status);

    /// <summary>Larger than what is written into it; only its beginning is read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(4)]
        public int Mode;

        [FieldOffset(8)]
        public uint User;

        [FieldOffset(12)]
        public uint Group;
    }
}
