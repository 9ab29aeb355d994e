namespace Dimec.Studies.Ablations;

/// <summary>Two ways to train on the same samples, over one seed or several.</summary>
/// <param name="Part">The part.</param>
/// <param name="N">Its number of samples.</param>
/// <param name="Seeds">How many pairs of runs.</param>
/// <param name="Exits">The exits that all runs have, shallowest first; the last is the final exit, the cloud's.</param>
public sealed record TrainingComparison(string Part, int N, int Seeds, IReadOnlyList<ExitChange> Exits)
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>Reads a comparison.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static TrainingComparison Read(Stream stream, string where) => TrainingComparisonJson.Read(stream, where);

    /// <summary>Writes the comparison as JSON.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => TrainingComparisonJson.Write(this, stream);
}
