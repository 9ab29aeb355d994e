using System.Globalization;
using Dimec.Cartography.Bench;

// Usage: Dimec.Cartography.Bench make FOLDER [ROWS=1000000] [EPOCHS=10] [shuffled]   writes training dynamics
//        Dimec.Cartography.Bench FOLDER [ROUNDS=3] [PYTHON=python3]                  'dimec map' and the reference on them, in turn
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["make", var made, ..])
{
    MadeDynamics.Write(
        made, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000_000,
        args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 10, args.Contains("shuffled"));
    return;
}

var folder = args[0];
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
var python = args.Length > 2 ? args[2] : "python3";
var (ours, reference) = (Path.Combine(folder, "ours"), Path.Combine(folder, "reference"));
var times = new List<(Measured Ours, Measured Reference)>();
for (var round = 0; round < rounds; round++)
{
    times.Add((
        Measured.Run("dotnet", Path.Combine(AppContext.BaseDirectory, "Dimec.Cli.dll"), "map", folder, "--out", ours),
        Measured.Run(python, Path.Combine(AppContext.BaseDirectory, "reference_map.py"), folder, reference)));
    Console.Error.WriteLine($"round {round}: dimec {times[^1].Ours}, reference {times[^1].Reference}");
}

var difference = Comparison.Largest(Path.Combine(ours, "td_metrics.jsonl"), Path.Combine(reference, "td_metrics.jsonl"));
var (best, theirs) = (times.MinBy(time => time.Ours.Seconds).Ours, times.MinBy(time => time.Reference.Seconds).Reference);
Console.WriteLine($"dimec map {best}, reference {theirs}: {theirs.Seconds / best.Seconds:0.0} x as fast; "
    + $"the metrics differ by at most {difference:0.0e+0}");
