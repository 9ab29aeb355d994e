using System.Runtime.InteropServices;
using TorchSharp;

namespace Dimec.Training.Native;

/// <summary>Loads libtorch before TorchSharp looks for it.</summary>
/// <remarks>
/// TorchSharp 0.107's own library is built with GCC 13 and does not load where the system's C++ runtime is older (Debian 12, Ubuntu 22.04,
/// RHEL 9), although it needs nothing new of it but one initializer. There a copy that asks for the older initializer is loaded instead.
/// </remarks>
internal static class TorchLibrary
{
    private const string Bridge = "libLibTorchSharp.so";
    private static readonly Lazy<bool> s_loaded = new(LoadOnce);

    /// <summary>Loads the library; does nothing the second time.</summary>
    /// <exception cref="JobException">It cannot be loaded; says what is missing.</exception>
    public static void Load() => _ = s_loaded.Value;

    private static bool LoadOnce()
    {
        OpenMp.SpinBriefly();
        Allocator.KeepFreedMemory();
        if (!NativeLibrary.TryLoad("LibTorchSharp", typeof(torch).Assembly, null, out _) && OperatingSystem.IsLinux())
            LoadLowered();
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            return true;
        }
        catch (Exception exception) when (exception is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            throw new JobException(
                $"libtorch cannot be loaded on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture}): "
                + "training needs x64 Linux with glibc 2.28 or later, x64 Windows or arm64 macOS.",
                exception);
        }
    }

    private static void LoadLowered()
    {
        var folders = SearchFolders();
        var original = folders.Select(folder => Path.Combine(folder, Bridge)).FirstOrDefault(File.Exists);
        if (original is null)
            return;
        var library = File.ReadAllBytes(original);
        if (!ElfVersions.TryLowerStreamInitialization(library))
            return;
        // What the copy depends on is found beside the original only by full name; once loaded it is found by its plain name.
        foreach (var dependency in (ReadOnlySpan<string>)["libc10.so", "libtorch_cpu.so", "libtorch.so"])
        {
            if (folders.Select(folder => Path.Combine(folder, dependency)).FirstOrDefault(File.Exists) is { } path)
                NativeLibrary.Load(path);
        }

        string[] elsewhere = [Path.GetTempPath(), "/dev/shm", AppContext.BaseDirectory];
        if (!NamelessLibrary.TryLoad(library, elsewhere))
        {
            throw new JobException(
                $"libtorch needs a changed copy of {Bridge} on this system, "
                + $"and neither memory nor the temporary folder {elsewhere[0]} takes one: "
                + "set TMPDIR to a folder that exists, may be written to and is not mounted noexec.");
        }
    }

    private static string[] SearchFolders()
    {
        var known = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        var native = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        return [.. known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), AppContext.BaseDirectory, native];
    }
}
