namespace Dimec.Costs;

/// <summary>What a tier costs: λ_t · d_t + o_t (and c_t, where it was measured) for a sample that is wholly processed there.</summary>
/// <param name="Name">The tier's name, e.g. <c>edge</c>.</param>
/// <param name="Depth">d_t: the layers that the tier runs, from the first; its exit's layer number.</param>
/// <param name="Layer">λ_t: the cost of one layer, in the structure's unit; not negative.</param>
/// <param name="Offload">o_t: the cost of sending the raw sample from the mobile to the tier; not negative, 0 for the mobile.</param>
public sealed record TierCost(string Name, int Depth, double Layer, double Offload)
{
    /// <summary>
    /// h_t: what it costs to send a hidden state, whatever layer it is of, from the mobile to the tier; not negative. Null where it costs
    /// what the text does (o_t). A hidden state is tokens × H numbers, so over a slow link it may cost much more.
    /// </summary>
    public double? HiddenState { get; init; }

    /// <summary>
    /// c_t: what a stretch of layers costs beside its layers, however many they are (embeddings, the exit's classifier, the start of a
    /// run); not negative. 0 unless measured: the literature counts layers alone.
    /// </summary>
    public double Call { get; init; }

    /// <summary>What exit 0 costs, which runs on the first tier and runs no layer; not negative, and 0 on every other tier.</summary>
    public double ExitZero { get; init; }
}
