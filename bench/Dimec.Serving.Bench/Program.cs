using System.Globalization;
using Dimec.Serving.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case []:
        await AloneBench.RunAsync();
        break;
    case ["runs", ..]:
        RunShapes.Run(args.Contains("int8"));
        break;
    case ["load", ..]:
        await LoadBench.RunAsync(Arguments.Program(args), args.Contains("int8"), Arguments.Number(args, 10));
        break;
    case ["greedy", ..]:
        await GreedyBench.RunAsync(Arguments.Number(args, 5));
        break;
    case ["soak", ..]:
        await SoakBench.RunAsync(Arguments.Number(args, 100_000));
        break;
    case ["swaps", ..]:
        await SwapBench.RunAsync(Arguments.Number(args, 100));
        break;
    // What the others start on a core of its own.
    case ["serve", var folder, ..]:
        await BenchServer.ServeAsync(folder);
        break;
    case ["in-process", var folder, var seconds]:
        InProcess.Run(folder, Arguments.Number([seconds], 10));
        break;
    default:
        await Console.Error.WriteLineAsync("give nothing, runs, load, greedy, soak or swaps (bench/README.md)");
        return 2;
}

return 0;
