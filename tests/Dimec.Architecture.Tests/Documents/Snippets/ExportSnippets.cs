using Dimec.Checkpoints;
using Dimec.Export;
using Dimec.Export.Targets;
using Dimec.Planning;
using Dimec.Runs;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Export</c>.</summary>
internal static class ExportSnippets
{
    public static void Export()
    {
        using var plan = File.OpenRead("plan.json");
        var manifest = BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = Checkpoint.Load("run/model"),
                Plan = Plan.Read(plan, plan.Name),
                WriteTokenizer = WordPieceTokenizer.FromFolder("run/model").WriteTokenizerJson,
            },
            "bundle");
        Console.WriteLine(string.Join(", ", manifest.Tiers.Select(tier => tier.Name)));
    }

    public static void WriteRun()
    {
        var bundle = RunBundle.Write(RunFolder.Open("run"), "plan.json", "bundle", new RunBundleSettings { Golden = GoldenAnswers.Of });
        Console.WriteLine(string.Join('\n', bundle.Warnings));
    }

    public static void WriteTarget()
    {
        var settings = new TargetSettings { Storage = "oci://registry.example/dimec:1" };
        TargetWriter.Write("bundle", TargetList.Default.Find("kubernetes", "target"), "manifests", settings);
    }
}
