namespace Dimec.Telemetry;

/// <summary>What an instrument measures, in OpenTelemetry's terms.</summary>
public enum InstrumentKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A sum that grows and shrinks.</summary>
    UpDownCounter,

    /// <summary>A value as it is now, which no sum over processes makes sense of.</summary>
    Gauge,

    /// <summary>How often which values were seen, in explicit buckets.</summary>
    Histogram,
}
