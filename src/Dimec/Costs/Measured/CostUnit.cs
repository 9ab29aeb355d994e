namespace Dimec.Costs.Measured;

/// <summary>What a measurement can be converted into. A cost file has one of them.</summary>
public enum CostUnit
{
    /// <summary>Milliseconds that pass on the mobile until it has the answer: its own, the way there and back, the tier's.</summary>
    Ms,

    /// <summary>Bytes that leave or reach the mobile (of the TCP stream: what its packets carry).</summary>
    Bytes,

    /// <summary>Millijoules of the mobile: it computes, sends and receives, waits.</summary>
    Mj,

    /// <summary>Money by a price file, in millionths of its currency: what a million samples cost in whole units of it.</summary>
    Money,
}
