namespace Dimec.Training.Optimization;

/// <summary>What one step of AdamW multiplies with, rounded to fp32 where PyTorch rounds.</summary>
/// <param name="Decay">1 − learning rate · weight decay; 1 where nothing decays.</param>
/// <param name="OneMinusBeta1">1 − β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="OneMinusBeta2">1 − β₂.</param>
/// <param name="StepSize">Learning rate / (1 − β₁ᵗ).</param>
/// <param name="RootCorrection2">√(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct AdamWStep(
    float Decay, float OneMinusBeta1, float Beta2, float OneMinusBeta2, float StepSize, float RootCorrection2, float Epsilon)
{
    /// <summary>The step numbered <paramref name="step"/>, counted from 0.</summary>
    public static AdamWStep Of(AdamWOptions options, LearningRateSchedule schedule, int step, bool decays)
    {
        var rate = schedule.At(step);
        return new AdamWStep(
            decays ? (float)(1 - (rate * options.WeightDecay)) : 1,
            (float)(1 - options.Beta1),
            (float)options.Beta2,
            (float)(1 - options.Beta2),
            (float)(rate / (1 - Math.Pow(options.Beta1, step + 1))),
            (float)Math.Sqrt(1 - Math.Pow(options.Beta2, step + 1)),
            (float)options.Epsilon);
    }
}
