using Dimec.Checkpoints;
using Dimec.Training.Data;

namespace Dimec.Training.Model;

/// <summary>Fresh weights for the exits' heads: N(0, initializer_range²) for matrices, 0 for biases, as BERT's own.</summary>
internal static class Initialization
{
    /// <summary>Keeps the heads' stream apart from those of order and dropout.</summary>
    private const long Purpose = -1;

    public static void Heads(Parameters parameters, ModelShape shape, long seed)
    {
        var random = new RandomStream(seed, Purpose);
        foreach (var slot in parameters.Layout.Slots)
        {
            if (!slot.Name.StartsWith(ExitNames.Stem, StringComparison.Ordinal) || !slot.Decays)
                continue;
            foreach (ref var value in parameters.Values.Slice(slot.Offset, slot.Count))
                value = (float)(random.Normal() * shape.Encoder.InitializerRange);
        }
    }
}
