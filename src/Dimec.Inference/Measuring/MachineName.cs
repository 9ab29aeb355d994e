using System.Globalization;
using System.Runtime.InteropServices;

namespace Dimec.Inference.Measuring;

/// <summary>What a measurement calls the machine that it was made on.</summary>
internal static class MachineName
{
    private const int Longest = 160;

    /// <summary>Processor, how many of it, system.</summary>
    public static string Here()
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.ProcessArchitecture}, "
            + $"{RuntimeInformation.OSDescription}");
        return new string([.. name.Where(letter => !char.IsControl(letter)).Take(Longest)]);
    }

    private static string Processor()
    {
        try
        {
            var lines = File.ReadLines("/proc/cpuinfo");
            return lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
                ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
                : "unknown processor";
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return "unknown processor";
        }
    }
}
