namespace Dimec.Training.Optimization;

/// <summary>Linear warm-up from 0, then linear decay to 0 (Hugging Face's <c>get_linear_schedule_with_warmup</c>).</summary>
/// <param name="Peak">The learning rate at the end of the warm-up.</param>
/// <param name="WarmUpSteps">Steps of warm-up.</param>
/// <param name="TotalSteps">Steps of the whole training.</param>
internal sealed record LearningRateSchedule(double Peak, int WarmUpSteps, int TotalSteps)
{
    /// <summary>The learning rate of a step, counted from 0.</summary>
    public double At(int step) => step < WarmUpSteps
        ? Peak * step / WarmUpSteps
        : Peak * Math.Max(0, TotalSteps - step) / Math.Max(1, TotalSteps - WarmUpSteps);
}
