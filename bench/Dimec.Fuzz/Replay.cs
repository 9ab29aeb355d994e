using Dimec.Fuzzing;

namespace Dimec.Fuzz;

/// <summary>Reads an input again that failed.</summary>
internal static class Replay
{
    /// <summary>Reads it.</summary>
    /// <param name="file">The file, whose name begins with the target's.</param>
    /// <returns>The exit code: 1 where it fails again.</returns>
    public static int Run(string file)
    {
        foreach (var make in TargetList.All)
        {
            using var target = make();
            if (!Path.GetFileName(file).StartsWith($"{target.Name}-", StringComparison.Ordinal))
                continue;
            var report = new FuzzReport(target.Name);
            var reason = FuzzRunner.Failure(target, File.ReadAllBytes(file), report);
            Console.WriteLine(reason ?? (report.Accepted > 0 ? "taken" : report.Refused > 0 ? "refused" : "malformed"));
            return reason is null ? 0 : 1;
        }

        Console.Error.WriteLine($"{file} is of no target.");
        return 2;
    }
}
