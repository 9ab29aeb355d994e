using System.Runtime.InteropServices;

namespace Dimec.Inference;

/// <summary>What a model that is gone leaves behind in the process.</summary>
internal static partial class ModelMemory
{
    /// <summary>
    /// Gives back what nobody uses: what models and their tables held is large and old, and the collector would come for it late; and the C
    /// library's heap, on which ONNX Runtime's sessions lie, keeps what was freed, an arena a thread, so that with each session that takes
    /// another's place the process grows (onnxruntime #26831). It stops the threads for some tens of milliseconds.
    /// </summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc, which keeps less.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint pad);
}
