using System.Globalization;
using Dimec.Exits.Bench;

// dotnet run -c Release --project bench/Dimec.Exits.Bench -- WHAT TOKENIZER DATA [task …]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length < 3)
{
    Console.Error.WriteLine("Name what to measure (accuracy, ours, features, options or speed), a tokenizer's folder and the data's.");
    return 2;
}

var tasks = BenchTask.Load(args[1], args[2], args[3..]);
switch (args[0])
{
    case "accuracy":
        Accuracy.Run(tasks, withFastText: true);
        return 0;
    case "ours":
        Accuracy.Run(tasks, withFastText: false);
        return 0;
    case "features":
        Alternatives.Features(tasks);
        return 0;
    case "options":
        Alternatives.Options(tasks);
        return 0;
    case "speed":
        Speed.Run(tasks, args[1]);
        return 0;
    default:
        Console.Error.WriteLine($"'{args[0]}' is none of accuracy, ours, features, options and speed.");
        return 2;
}
