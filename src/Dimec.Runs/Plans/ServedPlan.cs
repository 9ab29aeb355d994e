using Dimec.Files;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Runs.Parts;

namespace Dimec.Runs.Plans;

/// <summary>A plan that is served, in whose place another is made.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Hash">SHA-256 (hex) of its file.</param>
public sealed record ServedPlan(Plan Plan, string Hash)
{
    /// <summary>The bundle that it is served in; null where a plan's file is all that is known.</summary>
    public ExportedExits? Bundle { get; init; }

    /// <summary>Reads a plan's file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file is absent or malformed.</exception>
    public static ServedPlan Read(string path) => new(RunParts.Plan(path), FileHash.Of(path));
}
