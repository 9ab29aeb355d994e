using Dimec.Training.Data;

namespace Dimec.Training.Bench;

/// <summary>A training loop under test.</summary>
internal interface ILoop : IDisposable
{
    string Name { get; }

    /// <summary>What it multiplies in, which decides what speed it is held against.</summary>
    Precision Precision { get; }

    /// <summary>One step; returns the loss.</summary>
    double Step(Batch batch, int step);
}
