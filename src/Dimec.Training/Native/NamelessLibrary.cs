using System.Runtime.InteropServices;
using Dimec.Files;
using Microsoft.Win32.SafeHandles;

namespace Dimec.Training.Native;

/// <summary>
/// Loads a library that was made in memory, from a file that has no name and so is never left behind. In memory itself, where the system
/// allows it: that needs no folder that may be written to and run from.
/// </summary>
internal static partial class NamelessLibrary
{
    private const uint CloseOnExec = 1;

    /// <summary>Says that it is to be run, which newer kernels want to hear and older ones do not know.</summary>
    private const uint Executable = 0x10;

    /// <summary>
    /// Stay open: the loader knows a library by the path that it came from, and would take the next one of the same number for it.
    /// </summary>
    private static readonly List<FileStream> s_loaded = [];

    /// <summary>Loads it from memory, or else from the first folder that lets it.</summary>
    /// <param name="library">The library's bytes.</param>
    /// <param name="folders">Folders to try, in their order.</param>
    public static bool TryLoad(byte[] library, IEnumerable<string> folders) =>
        TryLoad(library, InMemory) || folders.Where(Directory.Exists).Any(folder => TryLoad(library, () => ScratchFile.Open(folder)));

    /// <summary>Loads it from a file.</summary>
    /// <param name="library">The library's bytes.</param>
    /// <param name="create">Creates the file.</param>
    internal static bool TryLoad(byte[] library, Func<FileStream?> create)
    {
        try
        {
            var file = create();
            if (file is null)
                return false;
            file.Write(library);
            file.Flush();
            if (NativeLibrary.TryLoad($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}", out _))
            {
                s_loaded.Add(file);
                return true;
            }

            file.Dispose();
            return false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or InputException or JobException)
        {
            return false;
        }
    }

    internal static FileStream? InMemory()
    {
        try
        {
            var file = CreateMemoryFile("dimec", CloseOnExec | Executable);
            if (file < 0)
                file = CreateMemoryFile("dimec", CloseOnExec);
            return file < 0 ? null : new FileStream(new SafeFileHandle(file, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
