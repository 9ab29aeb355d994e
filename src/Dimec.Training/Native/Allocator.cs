using System.Runtime.InteropServices;

namespace Dimec.Training.Native;

/// <summary>What the C library does with memory that libtorch has freed.</summary>
internal static partial class Allocator
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;

    /// <summary>The largest that glibc takes for the block from which on each is mapped alone.</summary>
    private const int LargestMapThreshold = 32 << 20;

    /// <summary>A whole heap of a thread's arena, which otherwise is unmapped when it becomes empty.</summary>
    private const int ArenaHeap = 64 << 20;

    /// <summary>
    /// Keeps it for the next step. glibc gives large blocks back to the system as soon as they are free, and the same memory is then asked
    /// for, zeroed and mapped page by page in every step: a third of the kernel's time in a training of MiniLM on SST-2. A
    /// user's own setting is respected.
    /// </summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || HasOwnSetting())
            return;
        try
        {
            _ = SetOption(TrimThreshold, int.MaxValue);
            _ = SetOption(TopPad, ArenaHeap);
            _ = SetOption(MapThreshold, LargestMapThreshold);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc: there is nothing to set.
        }
    }

    /// <summary>Whether the user has set up glibc's allocator.</summary>
    public static bool HasOwnSetting() =>
        Environment.GetEnvironmentVariables().Keys
            .Cast<string>()
            .Any(name => name is "GLIBC_TUNABLES" || name.StartsWith("MALLOC_", StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int option, int value);
}
