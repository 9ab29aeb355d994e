using System.Diagnostics;

namespace Dimec.Cartography.Bench;

/// <summary>A process from start to end.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="PeakMegabytes">The most memory that it held; 0 where the system does not say.</param>
internal sealed record Measured(double Seconds, double PeakMegabytes)
{
    public static Measured Run(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var peak = 0.0;
        while (!process.WaitForExit(20))
            peak = Math.Max(peak, Peak(process.Id));
        return process.ExitCode == 0
            ? new Measured(watch.Elapsed.TotalSeconds, peak)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    public override string ToString() => FormattableString.Invariant($"{Seconds:0.00} s ({PeakMegabytes:0} MB)");

    /// <summary>VmHWM, which the kernel keeps itself: no peak falls between two looks but one in the last 20 ms.</summary>
    private static double Peak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(
                line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture)
                / 1000;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
