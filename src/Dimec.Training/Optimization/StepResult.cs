namespace Dimec.Training.Optimization;

/// <summary>What one training step gave.</summary>
/// <param name="Loss">The joint loss before the update, without distillation: what guessing and other runs can be compared with.</param>
/// <param name="GradientNorm">The global L2 norm before clipping.</param>
/// <param name="Logits">Each exit's logits, [exits][B × classes].</param>
internal sealed record StepResult(double Loss, double GradientNorm, float[][] Logits)
{
    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(GradientNorm);
}
