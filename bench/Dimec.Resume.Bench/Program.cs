using System.Globalization;
using Dimec;
using Dimec.Policies.Resuming;
using Dimec.Resume.Bench;
using Dimec.Runs;

// dotnet run -c Release --project bench/Dimec.Resume.Bench RUN…
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine("| run | texts | numbers | largest difference | labels equal | bytes a text: text, ids, states, compressed |");
Console.WriteLine("| --- | ---: | --- | ---: | ---: | ---: |");
foreach (var path in args)
{
    var run = Run.Open(path);
    var folder = Directory.CreateTempSubdirectory("dimec-resume-").FullName;
    try
    {
        var bundle = WholeWay.Export(run, Path.Combine(folder, "bundle"));
        var dev = run.Data().Load().Dev;
        foreach (var format in Enum.GetValues<HiddenStateFormat>())
        {
            var found = Resumed.Of(bundle, dev, format);
            Console.WriteLine(
                $"| {Path.GetFileName(Path.TrimEndingDirectorySeparator(path))} | {found.Texts:#,0} | {ChoiceNames.Of(format)} "
                + $"| {found.LargestDifference:0.0e+0} | {found.LabelsEqual:P2} | {found.BytesOfText:0}, {found.BytesOfIds:0}, "
                + $"{found.BytesOfStates:#,0}, {found.BytesCompressed:#,0} |");
        }
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}
