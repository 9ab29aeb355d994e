using System.Globalization;
using Dimec.Exits.Bench;
using Dimec.Text;

// dotnet run -c Release --project bench/Dimec.Exits.Bench -- WHAT TOKENIZER DATA [task …]
// dotnet run -c Release --project bench/Dimec.Exits.Bench -- WHAT TOKENIZER RUN …
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length < 3)
{
    Console.Error.WriteLine(
        "Name what to measure, a tokenizer's folder and the data's (accuracy, ours, features, options or speed) or runs with exit 0 "
        + "(beside; wide, of runs with states; same, of a run and a copy of it with another exit 0, and so on).");
    return 2;
}

switch (args[0])
{
    case "accuracy":
        Accuracy.Run(Tasks(), withFastText: true);
        return 0;
    case "ours":
        Accuracy.Run(Tasks(), withFastText: false);
        return 0;
    case "features":
        Alternatives.Features(Tasks());
        return 0;
    case "options":
        Alternatives.Options(Tasks());
        return 0;
    case "speed":
        Speed.Run(Tasks(), args[1]);
        return 0;
    case "beside":
        foreach (var run in Runs())
            Beside.Run(run, WordPieceTokenizer.FromFolder(args[1]));
        return 0;
    case "wide":
        foreach (var run in Runs())
            WideAndDeep.Run(run);
        return 0;
    case "same":
        foreach (var pair in Runs().Chunk(2))
            SameRun.Run(pair[0], pair[1]);
        return 0;
    default:
        Console.Error.WriteLine($"'{args[0]}' is none of accuracy, ours, features, options, speed, beside, wide and same.");
        return 2;
}

List<BenchTask> Tasks() => BenchTask.Load(args[1], args[2], args[3..]);

IEnumerable<BenchRun> Runs() => args[2..].Select(path => new BenchRun(path));
