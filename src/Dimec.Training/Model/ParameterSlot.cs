namespace Dimec.Training.Model;

/// <summary>Where one trained tensor lies in the flat buffer.</summary>
/// <param name="Name">Its name inside the trainer.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Offset">Its first element in the flat buffer; a multiple of a cache line.</param>
/// <param name="Decays">Whether weight decay applies: matrices yes, biases and LayerNorms no.</param>
/// <param name="Sources">The checkpoint's tensors that it is made of, one below the other.</param>
internal sealed record ParameterSlot(string Name, int[] Shape, int Offset, bool Decays, IReadOnlyList<string> Sources)
{
    public int Count { get; } = Shape.Aggregate(1, (product, dimension) => checked(product * dimension));
}
