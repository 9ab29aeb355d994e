namespace Dimec.Inference.Measuring;

/// <summary>What a machine can tell of the energy that it uses.</summary>
public interface IEnergyMeter
{
    /// <summary>What tells it, e.g. <c>rapl</c>; a measurement names it.</summary>
    string Source { get; }

    /// <summary>Joules that the machine has used since the meter was first read; null where it cannot tell (any more).</summary>
    double? ReadJoules();
}
