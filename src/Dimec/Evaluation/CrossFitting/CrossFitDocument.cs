using Dimec.Costs;

namespace Dimec.Evaluation.CrossFitting;

/// <summary>A cross-fitted evaluation, never to be read beside one whose choices were made on other data without saying so.</summary>
/// <param name="Part">The part that was halved.</param>
/// <param name="N">Its number of samples.</param>
/// <param name="Halvings">How often it was halved at random; each halving plans and reads both ways.</param>
/// <param name="Costs">The costs.</param>
/// <param name="Policies">A row a policy, in the order of tables; none for a policy that the data lack something for.</param>
public sealed record CrossFitDocument(string Part, int N, int Halvings, CostStructure Costs, IReadOnlyList<CrossFitRow> Policies)
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>Writes the document as JSON.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => CrossFitJson.Write(this, stream);
}
