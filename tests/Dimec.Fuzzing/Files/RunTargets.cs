using Dimec.CommandLine.Serve;
using Dimec.Fuzzing.Made;
using Dimec.Routing.Plans;
using Dimec.Runs;
using Dimec.Runs.Maps;
using Dimec.Runs.Ngrams;
using Dimec.Runs.Records;
using Dimec.Studies.Results;
using Dimec.Testing;

namespace Dimec.Fuzzing.Files;

/// <summary>Files of JSON of runs, studies, routers and hosts.</summary>
internal static class RunTargets
{
    private static readonly string[] s_keys =
        ["Bundle", "Tier", "Address", "HttpPort", "QueueSize", "BatchDelay", "BodyTimeout", "Forward", "Reflection", "Trust"];

    private static readonly Dictionary<string, string> s_from = new() { ["plan"] = "ab" };

    public static IEnumerable<Func<FuzzTarget>> All =>
    [
        () => new PathTarget("run-json", "run.json, as a record, a summary and of exit 0", Documents.Run, ReadRun, "run.json"),
        () => new PathTarget("map-json", "td_metrics.json", MapDocument, path => MapRecord.Read(FolderOf(path)).Write(FolderOf(path)),
            "td_metrics.json"),
        () => new PathTarget("exits-json", "exits.json", ExitsDocument, path => ExitsRecord.Of(FolderOf(path))!.Write(FolderOf(path)),
            "exits.json"),
        () => new PathTarget("study-json", "results of a study's steps", StudyDocument(), ReadStudy),
        () => new PathTarget("serve-json", "the configuration of serve", Documents.Serve, ReadServe),
        () => CoreTargets.Json("router-plan-json", "plans of a router's table", [RouterPlanDocument()], bytes => Again.Same(
            bytes, stream => RouterPlanJson.Read(stream, "plan.json"), (plan, to) => plan.Write(to))),
    ];

    private const string MapDocument =
        """{"format":1,"metrics":"ab","epochs":2,"includeCi":false,"madeFrom":{"dynamics/a.jsonl":"cd","dynamics/b.jsonl":"ef"},"exit":6,"burnOut":1}""";

    private const string ExitsDocument =
        """{"format":1,"precision":"int8","bundle":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","processor":"x64","model":{"model/config.json":"ab"}}""";

    private static RunFolder FolderOf(string path) => new(Path.GetDirectoryName(path)!);

    private static void ReadRun(string path)
    {
        RunSummary.Of(FolderOf(path));
        NgramRecord.Of(FolderOf(path));
        var record = RunRecord.Read(path);
        record.CheckSame(record, "run", new InputErrors());
        record.Accuracy();
        if (record.IsFinished)
            record.WithStates([2]);
    }

    private static void ReadServe(string path) => InputErrors.Check(errors =>
    {
        var read = ServeConfiguration.Read(path, s_keys, errors);
        foreach (var key in s_keys)
            _ = read.Of(key);
    });

    private static void ReadStudy(string path)
    {
        StudyFile.Read<Made>(path, s_from);
        StudyFile.MadeFrom(path);
    }

    private static string StudyDocument()
    {
        using var folder = new TemporaryFolder();
        StudyFile.Write(folder.File("a.json"), s_from, new Made("one", [1, 2], 0.5, null));
        return File.ReadAllText(folder.File("a.json"));
    }

    private static string RouterPlanDocument()
    {
        using var folder = new TemporaryFolder();
        return TextFiles.Written(RouterSamples.Plan(folder).Write);
    }

    private sealed record Made(string Name, IReadOnlyList<int> Gold, double Area, string? Note);
}
