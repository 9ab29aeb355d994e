using System.Diagnostics;
using System.Globalization;
using Dimec.Fuzz;
using Dimec.Fuzzing;

if (args is ["coverage", var coverage, var parsers])
    return CoverageTable.Print(coverage, parsers);

var call = FuzzCall.Parse(args);
if (call is null)
{
    Console.Error.WriteLine(FuzzCall.Usage);
    return 2;
}

if (call.File is { } file)
    return Replay.Run(file);

Directory.CreateDirectory(call.Out);
using var mark = new CurrentInput(Path.Combine(call.Out, "current"));
var runner = new FuzzRunner(call.Seed, mark.Set);
var shares = new Dictionary<string, double>();
foreach (var make in TargetList.All)
{
    using var target = make();
    if (call.Targets.Count == 0 || call.Targets.Contains(target.Name))
        shares[target.Name] = target.Share;
}

var watch = Stopwatch.StartNew();
var reports = new List<FuzzReport>();
Console.WriteLine(ReportTable.Head);
foreach (var make in TargetList.All)
{
    using var target = make();
    if (!shares.TryGetValue(target.Name, out var share))
        continue;
    var report = new FuzzReport(target.Name);
    // An input that hangs is ended with the process: nothing else ends it.
    using var watchdog = new Watchdog(target.Name, mark);
    runner.Run(target, (long)Math.Ceiling(call.Inputs * share / shares.Values.Sum()), report, call.First);
    reports.Add(report);
    foreach (var failure in report.Failures)
    {
        File.WriteAllBytes(Path.Combine(call.Out, $"{target.Name}-{call.Seed}-{failure.Index}.bin"), failure.Input);
        Console.Error.WriteLine($"{target.Name} --seed {call.Seed} --first {failure.Index}: {failure.Reason}");
    }

    Console.WriteLine(ReportTable.Row(report));
}

Console.WriteLine(ReportTable.Sum(reports));
Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:F0} s"));
return reports.Exists(report => report.FailureCount > 0) ? 1 : 0;
