using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>
/// Inverted dropout whose random stream is a function of (seed, step) alone, so that a resumed run draws what the unbroken one would have,
/// without any saved state, and nothing else in the process disturbs it.
/// </summary>
internal sealed class Dropout(long seed) : IDisposable
{
    private readonly Generator _generator = new(0, CPU);

    /// <summary>Starts the stream of a step.</summary>
    public void Begin(long step) => _generator.manual_seed(Data.RandomStream.Hash(seed, step));

    /// <summary>Zeroes each element with the probability given and scales the rest by 1 / (1 − p).</summary>
    public Tensor Apply(Tensor input, double probability)
    {
        if (probability == 0)
            return input;
        var keep = 1 - probability;
        var noise = empty_like(input, requires_grad: false).bernoulli_(keep, _generator).div_(keep);
        return input.mul(noise);
    }

    public void Dispose() => _generator.Dispose();
}
