namespace Dimec.Serving.Live;

/// <summary>A place where samples are answered.</summary>
/// <param name="Name">A tier, or <c>exit 0</c>.</param>
/// <param name="Counts">How many samples in each slot.</param>
/// <param name="Confidence">How many were how sure, in twentieths.</param>
internal sealed record LivePlace(string Name, IReadOnlyList<long> Counts, IReadOnlyList<long> Confidence)
{
    public static LivePlace Of(string name, LiveSlot[] slots) => new(
        name, [.. slots.Select(slot => slot.Answers.GetValueOrDefault(name))],
        Together(slots.Select(slot => slot.Confidence.GetValueOrDefault(name))));

    /// <summary>How many were how sure, of several slots.</summary>
    public static IReadOnlyList<long> Together(IEnumerable<LiveConfidence?> slots)
    {
        var all = new LiveConfidence();
        foreach (var slot in slots.OfType<LiveConfidence>())
            all.Add(slot);
        return all.Counts;
    }
}
