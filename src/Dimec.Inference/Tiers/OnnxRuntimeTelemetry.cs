using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Dimec.Inference;

/// <summary>
/// ONNX Runtime's own telemetry, which its maker's builds have on: events for a collecting host, an identifier of the device and a database
/// in the user's cache folder. Here it is off unless the environment asks for it.
/// </summary>
internal static partial class OnnxRuntimeTelemetry
{
    /// <summary>The maker's own variable: what the user sets it to is what counts; not set or blank, it is set to 1.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> s_isOff = new(DecideOnce);

    /// <summary>Has to be called before anything of ONNX Runtime is made; does nothing the second time.</summary>
    public static void Decide() => _ = s_isOff.Value;

    /// <summary>Whether a value of the variable turns telemetry off, read as ONNX Runtime reads it; no value does.</summary>
    public static bool IsOff(string? value) =>
        string.IsNullOrWhiteSpace(value) || value.Trim().ToUpperInvariant() is "1" or "TRUE" or "YES" or "ON" or "Y";

    private static bool DecideOnce()
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        // A value of the user's as well: a program may have set it from managed code, which native code does not see.
        SetForNativeCode(string.IsNullOrWhiteSpace(asked) ? "1" : asked);
        if (!IsOff(asked))
            return false;
        // On Windows the variable is not read, and the events go to the system's tracing; elsewhere this is the second lock. Alone it comes
        // too late: the environment that it is asked of has an uploader, which writes the identifier and looks up the host all the same.
        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }

    private static void SetForNativeCode(string value)
    {
        Environment.SetEnvironmentVariable(Variable, value);
        // Except on Windows, the runtime keeps variables to itself once they are set; native libraries read those of the C library.
        if (!OperatingSystem.IsWindows() && SetEnvironment(Variable, value, 1) != 0)
        {
            throw new JobException(
                $"{Variable} could not be set, so ONNX Runtime would send telemetry: "
                + $"error {Marshal.GetLastPInvokeError()} of setenv; set it in the environment of this process.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
