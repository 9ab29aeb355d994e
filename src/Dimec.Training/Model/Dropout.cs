using Dimec.Training.Data;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>
/// Inverted dropout whose random stream is a function of (seed, step) alone, so that a resumed run draws what the unbroken one would have,
/// without any saved state, and nothing else in the process disturbs it.
/// </summary>
internal sealed class Dropout(long seed)
{
    private long _stream;
    private long _drawn;

    /// <summary>Starts the stream of a step.</summary>
    public void Begin(long step) => (_stream, _drawn) = (RandomStream.Hash(seed, step), 0);

    /// <summary>Zeroes each element with the probability given and scales the rest by 1 / (1 − p).</summary>
    public Tensor Apply(Tensor input, double probability)
    {
        if (probability == 0)
            return input;
        var mask = empty(input.shape, ScalarType.Float32);
        DropoutMask.Fill(Parameters.MemoryOf(mask), probability, (ulong)RandomStream.Hash(_stream, _drawn++));
        return input.mul(mask);
    }
}
