using Dimec.Training.Data;

namespace Dimec.Training.Bench;

/// <summary>A training loop under test.</summary>
internal interface ILoop : IDisposable
{
    string Name { get; }

    /// <summary>One step; returns the loss.</summary>
    double Step(Batch batch, int step);
}
