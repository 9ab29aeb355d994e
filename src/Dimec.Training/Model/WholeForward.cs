using Dimec.Training.Data;

namespace Dimec.Training.Model;

/// <summary>The encoder and all its exits are trained.</summary>
internal sealed class WholeForward(MultiExitEncoder encoder) : IForwardPass
{
    public ForwardResult Run(Batch batch, Dropout dropout)
    {
        var words = encoder.GatherWords(batch, forTraining: true);
        return new ForwardResult(encoder.Forward(batch, encoder.Embed(batch, words), dropout), words);
    }
}
