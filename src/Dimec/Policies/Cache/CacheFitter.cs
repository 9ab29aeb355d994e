using System.Runtime.InteropServices;
using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Cache;

/// <summary>
/// A cache of exact repeats before the cloud: what any router has to beat where texts come again. Texts are not recorded, so two are one
/// where exit 0 says exactly the same of both (it sees every token and pair of tokens) and e(x), where it was recorded, is the same.
/// </summary>
internal sealed class CacheFitter() : PolicyFitter<NoParameters>(new CacheFactory())
{
    public override string Source => "Control: the cloud, but a text seen before gets the answer that it got then, at no cost.";

    public override InputError? Lack(PolicyFitting fitting) => fitting.Selection.HasExitZero ? null : new InputError(
        $"predictions/{fitting.Selection.Part}.jsonl", $"has no exit 0, by which '{Policy.Name}' knows a text again",
        "record it with every sample");

    public override IReadOnlyList<NoParameters> Fit(PolicyFitting fitting) => Lack(fitting) is null ? [NoParameters.Instance] : [];

    public override IPolicy CreateMeasured(NoParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs)
    {
        var (cloud, seen) = (part.IndexOfExit(costs.Tiers[^1].Depth), new Dictionary<string, List<int>>());
        var hits = new Dictionary<string, ExitAnswer>();
        for (var sample = 0; sample < part.Count; sample++)
        {
            var key = Convert.ToHexString(MemoryMarshal.AsBytes(part.ZeroLogits(sample)));
            if (!seen.TryGetValue(key, out var before))
                seen.Add(key, before = []);
            var first = before.FindIndex(other => part.Embedding(other).SequenceEqual(part.Embedding(sample)));
            if (first >= 0)
                hits.Add(part.Guids[sample], part.Answer(before[first], cloud));
            else
                before.Add(sample);
        }

        return new CachePolicy(hits, costs.Tiers.Count - 1);
    }
}
