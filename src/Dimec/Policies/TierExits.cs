using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>Which recorded exit answers for each tier: the one at the tier's depth.</summary>
internal static class TierExits
{
    /// <summary>The exits' places in the record, a tier each.</summary>
    /// <exception cref="InputException">A tier's depth has no recorded exit.</exception>
    public static int[] Of(CostStructure costs, RecordedExits exits)
    {
        var errors = new InputErrors();
        var found = Find(costs, exits, errors);
        errors.ThrowIfAny();
        return found;
    }

    /// <summary>The exits' places in the record, a tier each; a depth without an exit is added to the errors.</summary>
    public static int[] Find(CostStructure costs, RecordedExits exits, InputErrors errors)
    {
        var found = new int[costs.Tiers.Count];
        for (var t = 0; t < found.Length; t++)
        {
            found[t] = exits.IndexOfExit(costs.Tiers[t].Depth);
            if (found[t] < 0)
            {
                errors.Add(
                    $"costs tiers[{t}].depth",
                    $"is {costs.Tiers[t].Depth}, where predictions/{exits.Part}.jsonl has exits {string.Join(", ", exits.Exits)}",
                    "use a depth that carries an exit, or train one there");
            }
        }

        return found;
    }
}
