using Dimec.Runs;

namespace Dimec.Cli.Demo;

/// <summary>The files of a demo.</summary>
internal sealed record DemoFolder(string Path)
{
    public RunFolder Run => new(System.IO.Path.Combine(Path, "run"));

    public string Plan => System.IO.Path.Combine(Path, "plan.json");

    public string Costs => System.IO.Path.Combine(Path, "costs.json");

    public string Bundle => System.IO.Path.Combine(Path, "bundle");

    public string Measured => System.IO.Path.Combine(Path, "costs.measured.json");

    public string MeasuredCosts => System.IO.Path.Combine(Path, "costs-ms.json");

    public string Served => System.IO.Path.Combine(Path, "served.jsonl");

    public string Summary => System.IO.Path.Combine(Path, "summary.png");

    public string Report => System.IO.Path.Combine(Path, "report.html");
}
