using Dimec.Training.Data;

namespace Dimec.Training.Model;

/// <summary>Answers a batch for training.</summary>
internal interface IForwardPass
{
    ForwardResult Run(Batch batch, Dropout dropout);
}
