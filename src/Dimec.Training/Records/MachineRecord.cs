using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Dimec.Training.Records;

/// <summary>What a run was made on: libraries, operating system, processor and threads.</summary>
internal static class MachineRecord
{
    public static JsonObject Of(int threads) => new()
    {
        ["dimec"] = Version(typeof(MachineRecord).Assembly),
        ["torchSharp"] = Version(typeof(torch).Assembly),
        ["libtorch"] = torch.__version__,
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
        ["os"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["processor"] = Processor(),
        ["processors"] = Environment.ProcessorCount,
        ["threads"] = threads,
    };

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString() ?? "unknown";

    private static string Processor()
    {
        const string Linux = "/proc/cpuinfo";
        if (OperatingSystem.IsLinux() && File.Exists(Linux)
            && File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line)
        {
            return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }
}
