namespace Dimec.Serving.Scheduling;

/// <summary>An item's place in the queue, from when it is taken on until its last row runs or nobody waits for it.</summary>
/// <param name="runner">What it is run on.</param>
/// <param name="item">The item.</param>
internal sealed class Place(IRowsRunner runner, WorkItem item) : IComparable<Place>
{
    public IRowsRunner Runner => runner;

    public WorkItem Item => item;

    /// <summary>Its rows that wait.</summary>
    public HashSet<WaitingRow> Rows { get; } = [];

    /// <summary>Whether it counts as waiting.</summary>
    public bool IsHeld { get; set; } = true;

    /// <summary>Where its first row stands in the scheduler's count of work.</summary>
    public double Start { get; set; }

    /// <summary>Counts places as they are taken.</summary>
    public required long Number { get; init; }

    public int CompareTo(Place? other) =>
        other is null ? 1 : Start.CompareTo(other.Start) is not 0 and var order ? order : Number.CompareTo(other.Number);
}
