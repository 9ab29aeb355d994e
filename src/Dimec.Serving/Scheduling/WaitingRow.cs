namespace Dimec.Serving.Scheduling;

/// <summary>A row that waits.</summary>
/// <param name="place">Its item's place in the queue.</param>
/// <param name="index">Its index among the item's rows.</param>
/// <param name="length">Its tokens.</param>
/// <param name="start">Where it stands in the scheduler's count of work: the least is the next one's turn.</param>
/// <param name="number">Counts rows as they come, for those that stand at the same.</param>
/// <param name="since">When it came: a timestamp of the clock.</param>
internal sealed class WaitingRow(Place place, int index, int length, double start, long number, long since) : IComparable<WaitingRow>
{
    private readonly long _number = number;

    public Place Place => place;

    public WorkItem Item => place.Item;

    public int Index => index;

    public int Length => length;

    public double Start => start;

    public long Since => since;

    /// <summary>What it takes: tokens × layers.</summary>
    public double Cost => BatchScheduler.CostOf(Item.Layers, length);

    public int CompareTo(WaitingRow? other) =>
        other is null ? 1 : start.CompareTo(other.Start) is not 0 and var order ? order : _number.CompareTo(other._number);
}
