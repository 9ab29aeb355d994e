using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Dimec.Files;

/// <summary>
/// Lets what takes the place of something belong to whom that belonged to, with its permissions, as far as this process may.
/// </summary>
internal static partial class UnixOwner
{
    private const UnixFileMode Permissions = (UnixFileMode)0x1FF;

    /// <summary>Gives one file or folder the owner and the permissions of another.</summary>
    /// <param name="from">What is replaced.</param>
    /// <param name="to">What takes its place.</param>
    public static void Copy(string from, string to)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            if (FileKinds.OwnerOf(from) is var (user, group) && FileKinds.OwnerOf(to) != (user, group))
                _ = ChangeOwner(to, user, group);
            File.SetUnixFileMode(to, PermissionsOf(from));
        }
        catch (Exception stays) when (WriteFailure.Is(stays))
        {
            // A file system that knows no owners, or one that is not ours to change: then it is this user's, as any new file is.
        }
    }

    /// <summary>The permissions of something that exists.</summary>
    [UnsupportedOSPlatform("windows")]
    public static UnixFileMode PermissionsOf(string path) => File.GetUnixFileMode(path) & Permissions;

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
