namespace Dimec.Reporting;

/// <summary>A part of the data.</summary>
/// <param name="Name">train, selection, calibration or dev.</param>
/// <param name="Count">How many samples it has.</param>
/// <param name="Purpose">What it is used for, in a few words.</param>
public sealed record PartSummary(string Name, int Count, string Purpose);
