namespace Dimec.Routing.Plans;

/// <summary>
/// Whether calibration samples are of the tiers that are planned for, and other samples than those that plans are chosen on: the same are
/// those of the same id and the same score. Ids alone tell nothing, since tables count from 0 each.
/// </summary>
internal static class TableCheck
{
    /// <exception cref="InputException">The table has other tiers, or samples of the selection.</exception>
    public static void Refuse(RouterTable calibration, RouterTable selection)
    {
        if (!calibration.Tiers.SequenceEqual(selection.Tiers))
        {
            throw new InputException(
                calibration.Name,
                $"has the tiers {string.Join(", ", calibration.Tiers)} where {selection.Name} has {string.Join(", ", selection.Tiers)}",
                "give both the same, in the same order");
        }

        var scores = selection.Ids.Zip(selection.Scores).ToDictionary(sample => sample.First, sample => sample.Second);
        string[] both = [.. calibration.Ids.Where((id, row) => scores.TryGetValue(id, out var score) && score == calibration.Scores[row])];
        if (both.Length > 0)
        {
            throw new InputException(
                calibration.Name,
                $"has {both.Length} samples that the plan is chosen on, '{both[0]}' the first",
                "test a promise on samples that nothing was chosen on");
        }
    }
}
