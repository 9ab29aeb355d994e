namespace Dimec.Policies;

/// <summary>The pooled state of an exit that a policy asks for (see <see cref="Visit.Pooled"/>).</summary>
/// <param name="Layer">The layer that carries the exit, from 1.</param>
/// <param name="Size">The state's length.</param>
public sealed record StateNeed(int Layer, int Size);
