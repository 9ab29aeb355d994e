using Dimec.Costs;
using Dimec.Evaluation.Calibration;
using Dimec.Policies;

namespace Dimec.Evaluation;

/// <summary>The file <c>evaluation.json</c>: every policy on the same samples at the same costs.</summary>
/// <param name="Part">The part that was reported on.</param>
/// <param name="N">The number of samples.</param>
/// <param name="Costs">The costs.</param>
/// <param name="Policies">A row a policy.</param>
public sealed record EvaluationDocument(string Part, int N, CostStructure Costs, IReadOnlyList<PolicyEvaluation> Policies)
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>
    /// What a reader should know of the part before its figures, one sentence each:
    /// that it was trained or chosen on, or is unlike the selection part.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The policies that rows may be of. Default: those of this library. The file does not hold them.</summary>
    public PolicyList KnownPolicies { get; init; } = PolicyList.Default;

    /// <summary>The policies that could not be planned, each with the reason.</summary>
    public IReadOnlyList<ImpossiblePolicy> NotPossible { get; init; } = [];

    /// <summary>The exits alone, by layer; none where the evaluation does not say.</summary>
    public IReadOnlyList<ExitRow> Exits { get; init; } = [];

    /// <summary>Whether drops are stated against the stacked cloud too.</summary>
    public bool HasStackedCloud => Policies.Any(policy => policy.StackedDrop is not null);

    /// <summary>Whether exit 0 answers samples in any row.</summary>
    public bool HasExitZero => Policies.Any(policy => policy.AnsweredAt.ContainsKey(0));

    /// <summary>Whether rows say what they save beyond phone → cloud.</summary>
    public bool HasPhoneCloud => Policies.Any(policy => policy.BeyondPhoneCloud is not null);

    /// <summary>The part that a row's policy plays; null for a policy that is not known here.</summary>
    /// <param name="row">One of <see cref="Policies"/>.</param>
    public PolicyKind? KindOf(PolicyEvaluation row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return KnownPolicies.KindOf(row.Name, Costs);
    }

    /// <summary>Reads an evaluation.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <param name="policies">The policies that rows may be of; null for those of this library.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static EvaluationDocument Read(Stream stream, string where, PolicyList? policies = null) =>
        EvaluationJson.Read(stream, where, policies ?? PolicyList.Default);

    /// <summary>Writes the evaluation.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => EvaluationJson.Write(this, stream);
}
