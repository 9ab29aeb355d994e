namespace Dimec.Export.Targets.Monitoring;

/// <summary>A panel of the dashboard.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Unit">Grafana's name of its unit.</param>
/// <param name="Queries">What it shows: a query each, with what it is called.</param>
internal sealed record DashboardPanel(string Title, string Unit, IReadOnlyList<(string Query, string Legend)> Queries)
{
    /// <summary>Whether the lines are put on top of each other.</summary>
    public bool IsStacked { get; init; }

    /// <summary>Whether the last value is shown large in place of lines.</summary>
    public bool IsNumber { get; init; }
}
