using Dimec.Costs;
using Dimec.Files;
using Dimec.Runs;
using Dimec.Studies.Settings;

namespace Dimec.Studies;

/// <summary>The files of a study.</summary>
/// <param name="path">Its folder.</param>
public sealed class StudyFolder(string path)
{
    /// <summary>The study's folder.</summary>
    public string Path => path;

    /// <summary><c>study.json</c>: what was asked for.</summary>
    public string Record => In("study.json");

    /// <summary><c>costs-DEPTHS.json</c>: a cost structure, for commands that work on a run of the study.</summary>
    public string Costs(CostStructure structure) => In($"costs-{StudySettings.NameOf(structure)}.json");

    /// <summary><c>report.html</c>.</summary>
    public string Report => In("report.html");

    /// <summary><c>tables.md</c>: the report's tables as Markdown.</summary>
    public string Tables => In("tables.md");

    /// <summary>A training's run folder.</summary>
    public RunFolder Run(string task, long seed) => new(In("runs", task, $"seed-{seed}"));

    /// <summary>The run folder of another way to train.</summary>
    public RunFolder Run(string task, long seed, TrainingVariant variant) => new(In("runs", task, $"seed-{seed}-{variant.Name}"));

    /// <summary>Where what is measured of a run lies.</summary>
    public string ResultsOf(string task, long seed) => In("results", task, $"seed-{seed}");

    /// <summary>What another way to train comes to.</summary>
    public string Change(string task, long seed, TrainingVariant variant) =>
        In("results", task, $"seed-{seed}", $"training-{variant.Name}.json");

    /// <summary>What was measured of a run at one structure.</summary>
    public string Measures(string task, long seed, CostStructure structure) =>
        In("results", task, $"seed-{seed}", StudySettings.NameOf(structure), "measures.json");

    /// <summary>The sweep over cost structures around one structure.</summary>
    public string Sweep(string task, long seed, CostStructure structure) =>
        In("results", task, $"seed-{seed}", StudySettings.NameOf(structure), "sweep.json");

    /// <summary>What each open choice came to in a run at one structure.</summary>
    public string Ablation(string task, long seed, CostStructure structure) =>
        In("results", task, $"seed-{seed}", StudySettings.NameOf(structure), "ablation.json");

    /// <summary>How often promises were broken on redraws of a run's recorded exits, at one structure.</summary>
    public string Promises(string task, long seed, CostStructure structure) =>
        In("results", task, $"seed-{seed}", StudySettings.NameOf(structure), "promises.json");

    /// <summary>The same on made exits.</summary>
    public string MadePromises => In("results", "promises-made.json");

    /// <summary>What each open choice is worth over all seeds of a task at one structure.</summary>
    public string AblationTable(string task, CostStructure structure) =>
        In("results", task, StudySettings.NameOf(structure), "ablation.json");

    /// <summary>All seeds of a task at one structure.</summary>
    public string Seeds(string task, CostStructure structure) => In("results", task, StudySettings.NameOf(structure), "seeds.json");

    /// <summary>Creates the folder and keeps other processes out of it until the result is disposed or this process ends.</summary>
    /// <exception cref="InputException">It cannot be created, holds something else, or another process is writing to it.</exception>
    public FolderClaim Claim()
    {
        var errors = new InputErrors();
        FolderClaim.CheckUse(path, Record, "study", errors);
        errors.ThrowIfAny();
        return FolderClaim.Take(path);
    }

    private string In(params string[] parts) => System.IO.Path.Combine([path, .. parts]);
}
