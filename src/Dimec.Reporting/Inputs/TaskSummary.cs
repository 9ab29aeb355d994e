namespace Dimec.Reporting;

/// <summary>What was learned, from what.</summary>
/// <param name="Name">The task as it was named on the command line, e.g. <c>sdk-docs</c>.</param>
/// <param name="Description">What a sample is and what its label says, in a sentence.</param>
/// <param name="Labels">The classes' names, in order.</param>
/// <param name="Backbone">The pretrained encoder and its size, e.g. <c>all-MiniLM-L6-v2 (6 layers, hidden 384)</c>.</param>
/// <param name="Parts">The disjoint parts and how many samples each has.</param>
/// <param name="Skipped">Rows of the source that were skipped as too short; 0 where none.</param>
public sealed record TaskSummary(
    string Name, string Description, IReadOnlyList<string> Labels, string Backbone, IReadOnlyList<PartSummary> Parts, int Skipped = 0);
