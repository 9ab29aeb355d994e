using Dimec.Training.Divergence;
using Dimec.Training.Dynamics;
using Dimec.Training.Optimization;
using Dimec.Training.Resume;

namespace Dimec.Training.Stages;

/// <summary>All epochs over one set of trained parameters.</summary>
/// <param name="Number">Which stage, from 0.</param>
/// <param name="Step">Its steps.</param>
/// <param name="Optimizer">The optimizer of these steps.</param>
/// <param name="Dynamics">Records the exits that are trained.</param>
/// <param name="Selection">The same for the selection part; null where that is not asked for.</param>
/// <param name="Watch">Stops what cannot come to anything.</param>
/// <param name="Store">Its saved states.</param>
internal sealed record Stage(
    int Number, TrainingStep Step, AdamW Optimizer, DynamicsRecorder Dynamics, SelectionRecorder? Selection, DivergenceWatch Watch,
    ResumeStore Store)
{
    /// <summary>What a saved state holds.</summary>
    public IReadOnlyDictionary<string, Memory<float>> Buffers { get; } = new Dictionary<string, Memory<float>>
    {
        ["parameters"] = Optimizer.Values,
        ["first_moments"] = Optimizer.First.Memory,
        ["second_moments"] = Optimizer.Second.Memory,
        ["dynamics"] = Dynamics.Logits,
    };
}
