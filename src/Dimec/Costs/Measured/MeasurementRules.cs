namespace Dimec.Costs.Measured;

/// <summary>What must hold for a measurement that was read, so that every conversion of it is possible.</summary>
/// <param name="place">How problems name a key.</param>
/// <param name="errors">Receives the problems.</param>
internal sealed class MeasurementRules(Func<string, string> place, InputErrors errors)
{
    private const double ShareTolerance = 1e-6;
    private const string Again = "measure again with dimec measure";

    public static void Check(Measurement measurement, Func<string?, string> place, InputErrors errors)
    {
        var rules = new MeasurementRules(place, errors);
        rules.CheckBuckets(measurement.Buckets);
        rules.CheckValue(measurement.Tokenizing, "tokenizingMs");
        rules.CheckValue(measurement.ExitZero, "exitZeroMs");
        if (measurement.HiddenStates is PayloadKind.Text or PayloadKind.Ids)
            errors.Add(place("hiddenStates"), "is no kind of hidden states", "use fp32, fp16 or int8");
        if (measurement.Power is { } power && power.Watts < 0)
            errors.Add(place("power.watts"), FormattableString.Invariant($"is negative ({power.Watts})"), "give 0 or more");
        if (measurement.Tiers.Count < 2)
            errors.Add(place("tiers"), $"has {measurement.Tiers.Count} tiers", "give at least two, the shallowest first");
        var (rows, names) = (measurement.Tiers.Count > 0 ? measurement.Rows : [], new HashSet<string>());
        for (var t = 0; t < measurement.Tiers.Count; t++)
            rules.CheckTier(measurement, t, rows, names);
    }

    private void CheckBuckets(IReadOnlyList<MeasuredBucket> buckets)
    {
        if (buckets.Count == 0)
            errors.Add(place("buckets"), "has no lengths", Again);
        for (var i = 0; i < buckets.Count; i++)
        {
            if (buckets[i].Tokens < 1 || (i > 0 && buckets[i].Tokens <= buckets[i - 1].Tokens))
                errors.Add(place($"buckets[{i}].tokens"), $"is {buckets[i].Tokens}", "give lengths from 1 on, in ascending order");
            if (buckets[i].Share <= 0)
                errors.Add(place($"buckets[{i}].share"), FormattableString.Invariant($"is {buckets[i].Share}"), "give more than 0");
        }

        if (buckets.Count > 0 && Math.Abs(buckets.Sum(bucket => bucket.Share) - 1) > ShareTolerance)
        {
            errors.Add(
                place("buckets"), FormattableString.Invariant($"have shares that sum to {buckets.Sum(bucket => bucket.Share)}"),
                "make them sum to 1");
        }
    }

    private void CheckTier(Measurement measurement, int t, IReadOnlyList<int> allRows, HashSet<string> names)
    {
        var (tier, at) = (measurement.Tiers[t], $"tiers[{t}]");
        if (tier.Name.Length == 0 || !names.Add(tier.Name))
        {
            errors.Add(
                place($"{at}.name"), $"'{tier.Name}' is empty or names an earlier tier as well", "give every tier a name of its own");
        }

        if (tier.Depth < 1 || (t > 0 && tier.Depth <= measurement.Tiers[t - 1].Depth))
            errors.Add(place($"{at}.depth"), $"is {tier.Depth}", "order the tiers by depth, each deeper than the one before, from 1 on");
        CheckValue(tier.Connect, $"{at}.connectMs");
        CheckValue(tier.RoundTrip, $"{at}.roundTripMs");
        for (var i = 0; i < tier.Runs.Count; i++)
        {
            var (run, where) = (tier.Runs[i], $"{at}.runs[{i}]");
            CheckValue(run.Ms, $"{where}.ms");
            var inRange = run.Tokens >= 1 && run.Rows >= 1 && run.From >= 0 && run.From < run.To && run.To <= tier.Depth;
            if (!inRange || run.Sent < 0 || run.Received < 0)
                errors.Add(place(where), "has a number out of its range", Again);
        }

        for (var i = 0; i < tier.Payloads.Count; i++)
        {
            var (payload, where) = (tier.Payloads[i], $"{at}.payloads[{i}]");
            CheckValue(payload.Ms, $"{where}.ms");
            if (payload.Tokens < 1 || payload.Rows < 1 || payload.Sent < 0)
                errors.Add(place(where), "has a number out of its range", Again);
        }

        var whole = tier.Runs.Where(run => (run.From, run.To) == (0, tier.Depth)).Select(run => (run.Rows, run.Tokens)).ToHashSet();
        foreach (var rows in allRows)
        {
            if (measurement.Buckets.Any(bucket => !whole.Contains((rows, bucket.Tokens))))
            {
                errors.Add(
                    place($"{at}.runs"), $"lacks a run of all {tier.Depth} layers at {rows} rows and some length of the buckets", Again);
            }
        }
    }

    private void CheckValue(MeasuredValue? measured, string at)
    {
        if (measured is not { } value)
            return;
        var (lower, upper) = (value.Interval.Lower, value.Interval.Upper);
        if (value.Count < 1 || lower < 0 || value.Median < lower || value.Median > upper)
        {
            errors.Add(
                place(at), FormattableString.Invariant($"is {value.Median} in [{lower}, {upper}] of {value.Count} values"),
                "give a median of 0 or more within its interval, of at least one value");
        }
    }
}
