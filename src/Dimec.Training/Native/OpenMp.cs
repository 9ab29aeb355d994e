using System.Runtime.InteropServices;

namespace Dimec.Training.Native;

/// <summary>How libtorch's threads wait for each other.</summary>
internal static partial class OpenMp
{
    private const string SpinCount = "GOMP_SPINCOUNT";

    /// <summary>
    /// Lets a waiting thread give up its core soon. GNU OpenMP's default is to spin for a while, and on a machine that has other work to do
    /// as well it then burns the very time slices that the thread it waits for would need: with two other busy processes on two cores,
    /// training ran 2–3 times as fast without; alone, there was no difference. Has to be said before libtorch is loaded; a
    /// user's own setting is respected.
    /// </summary>
    public static void SpinBriefly()
    {
        if (OperatingSystem.IsLinux()
            && Environment.GetEnvironmentVariable(SpinCount) is null
            && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
        {
            // Environment.SetEnvironmentVariable would not reach native libraries.
            _ = SetEnvironment(SpinCount, "1000", 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
