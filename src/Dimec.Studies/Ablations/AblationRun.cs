using Dimec.Costs;

namespace Dimec.Studies.Ablations;

/// <summary>
/// The ablation of one run, sample by sample: a policy planned with every choice of every switch that is about it, one at a time against
/// the request's own, on the selection part, and read on the reported one.
/// <see cref="AblationTable.Of"/> makes figures of one run or of several seeds.
/// </summary>
/// <param name="Part">The reported part.</param>
/// <param name="Samples">SHA-256 (hex) of the samples' names in their order, by which runs on the same samples are known.</param>
/// <param name="Costs">The costs.</param>
/// <param name="MaxDrop">The drop on the selection part that plans were allowed.</param>
/// <param name="Gold">The samples' true classes, from 0.</param>
/// <param name="CloudRight">For each sample, whether the last tier is right.</param>
/// <param name="Choices">Every choice of every switch, in the order of tables; the request's own answers are there at least once.</param>
public sealed record AblationRun(
    string Part, string Samples, CostStructure Costs, double MaxDrop, IReadOnlyList<int> Gold, IReadOnlyList<bool> CloudRight,
    IReadOnlyList<MeasuredChoice> Choices)
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>What the request's own plan did, of the policy that a switch is of; null where it could not be measured.</summary>
    /// <param name="name">The switch: <see cref="PlanSwitch.Option"/>.</param>
    public SampleAnswers? DefaultOf(string name) =>
        Choices.FirstOrDefault(choice => choice.IsDefault && choice.Switch == name)?.Answers;

    /// <summary>Reads a run's ablation.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static AblationRun Read(Stream stream, string where) => AblationRunJson.Read(stream, where);

    /// <summary>Writes the run's ablation as JSON.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => AblationRunJson.Write(this, stream);
}
