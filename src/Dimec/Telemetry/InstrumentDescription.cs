namespace Dimec.Telemetry;

/// <summary>An instrument of <see cref="Instruments.All"/>: from it meters, dashboards, alerts and their documentation are made.</summary>
/// <param name="Name">Its name in OpenTelemetry's way, e.g. <c>dimec.client.samples</c>.</param>
/// <param name="Kind">What it measures.</param>
/// <param name="Unit">Its unit in UCUM: <c>s</c>, <c>1</c> for shares, or what is counted in braces, e.g. <c>{sample}</c>.</param>
/// <param name="Description">One sentence on what it says.</param>
public sealed record InstrumentDescription(string Name, InstrumentKind Kind, string Unit, string Description)
{
    /// <summary>The names of the attributes that its measurements may have. Each has few values.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The upper bounds of a histogram's buckets, ascending; empty for other kinds.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];

    /// <summary>What Prometheus calls it: the name, its unit and, for a counter, <c>total</c>, with underscores between.</summary>
    public string PrometheusName
    {
        get
        {
            var name = PrometheusNameOf(Name);
            if (Unit == "s")
                name += "_seconds";
            return Kind == InstrumentKind.Counter ? name + "_total" : name;
        }
    }

    /// <summary>What Prometheus calls an attribute: the name with underscores for dots.</summary>
    /// <param name="name">The attribute's name.</param>
    public static string PrometheusNameOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace('.', '_');
    }
}
