using Dimec.Training.Data;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>
/// The heads below the last exit are trained on what the frozen encoder gives when it serves, without dropout;
/// the last exit only says what it answers.
/// </summary>
internal sealed class FrozenForward(MultiExitEncoder encoder) : IForwardPass
{
    public ForwardResult Run(Batch batch, Dropout dropout)
    {
        (ExitHead Head, Tensor Pooled)[] exits;
        Tensor last;
        using (no_grad())
        {
            exits = [.. encoder.AtExits(batch, encoder.Embed(batch, encoder.GatherWords(batch, forTraining: false)), dropout: null)];
            last = exits[^1].Head.Forward(exits[^1].Pooled, dropout: null);
        }

        return new ForwardResult([.. exits[..^1].Select(exit => exit.Head.Forward(exit.Pooled, dropout)), last], Words: null);
    }
}
