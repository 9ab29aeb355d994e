namespace Dimec.Serving.Scheduling;

/// <summary>Who asks: one connection. The tier's work is shared between callers, however much each of them asks for.</summary>
internal sealed class Caller
{
    /// <summary>
    /// How far what it has asked for reaches in the scheduler's count of work (<see cref="BatchScheduler"/>, under whose lock it is).
    /// </summary>
    public double Reach { get; set; }
}
