using Dimec.Display;

namespace Dimec.Costs;

/// <summary>What must hold for a cost structure, whether it was read or made in code.</summary>
/// <param name="place">How problems name a key, e.g. <c>tiers[1].layer</c>.</param>
/// <param name="errors">Receives the problems.</param>
/// <param name="reserved">Names that no tier may have.</param>
/// <param name="absentReported">
/// True where a reader has already reported what is absent (and left "", <see cref="AbsentDepth"/> or NaN in its place).
/// </param>
internal sealed class CostStructureRules(
    Func<string, string> place, InputErrors errors, IReadOnlyCollection<string> reserved, bool absentReported)
{
    public const int AbsentDepth = int.MinValue;

    /// <summary>A sample's cost on the last tier is at least this: savings are measured against it, as quotients.</summary>
    public const double LeastCloud = 1e-100;

    /// <summary>A sample's cost on any tier is at most this, so that no sum over samples is infinite.</summary>
    private const double Most = 1e100;

    /// <summary>Names and units stand in tables, files and addresses.</summary>
    private const int LongestName = 64;

    public void Check(string unit, IReadOnlyList<TierCost> tiers, IReadOnlyList<LinkCost> links)
    {
        if (!absentReported && string.IsNullOrWhiteSpace(unit))
        {
            errors.Add(place("unit"), "is empty", "say what the costs count, e.g. \"layers\" or \"ms\"");
        }
        else if (IsUnprintable(unit))
        {
            errors.Add(
                place("unit"), $"is longer than {LongestName} characters, or holds one that cannot be printed",
                "give a short unit, e.g. \"layers\" or \"ms\"");
        }

        if (tiers.Count < 2)
            errors.Add(place("tiers"), tiers.Count == 1 ? "has one tier only" : "has no tiers", "give at least two, the shallowest first");
        var names = new HashSet<string>();
        for (var t = 0; t < tiers.Count; t++)
        {
            CheckTier(tiers, t, names, $"tiers[{t}]");
            CheckSample(tiers[t], isLast: t > 0 && t == tiers.Count - 1, $"tiers[{t}]");
        }

        var ends = new HashSet<(string, string)>();
        for (var i = 0; i < links.Count; i++)
            CheckLink(tiers, names, links[i], ends, $"links[{i}]");
    }

    private static bool IsUnprintable(string name) => name.Length > LongestName || !Printable.IsPlain(name);

    private void CheckTier(IReadOnlyList<TierCost> tiers, int t, HashSet<string> names, string at)
    {
        var tier = tiers[t];
        if (!names.Add(tier.Name) && !string.IsNullOrWhiteSpace(tier.Name))
        {
            errors.Add(place($"{at}.name"), $"'{tier.Name}' names an earlier tier as well", "give every tier a name of its own");
        }
        else if (string.IsNullOrWhiteSpace(tier.Name) && !absentReported)
        {
            errors.Add(place($"{at}.name"), "is empty", "name the tier");
        }
        else if (IsUnprintable(tier.Name))
        {
            errors.Add(
                place($"{at}.name"), $"is longer than {LongestName} characters, or holds one that cannot be printed",
                "give a short name that a table can show");
        }
        else if (reserved.Contains(tier.Name))
        {
            errors.Add(place($"{at}.name"), $"'{tier.Name}' is the name of a policy", "give the tier another name");
        }

        CheckDepth(tier.Depth, t == 0 ? AbsentDepth : tiers[t - 1].Depth, $"{at}.depth");
        CheckCost(tier.Layer, $"{at}.layer");
        CheckCost(tier.Offload, $"{at}.offload");
        CheckCost(tier.Call, $"{at}.call");
        CheckCost(tier.ExitZero, $"{at}.exitZero");
        if (tier.HiddenState is { } hiddenState)
            CheckCost(hiddenState, $"{at}.hiddenState");
        if (t > 0 && tier.ExitZero > 0)
        {
            errors.Add(
                place($"{at}.exitZero"), FormattableString.Invariant($"is {tier.ExitZero}, and exit 0 runs on the first tier"),
                "say it there");
        }

        if (t == 0 && tier.HiddenState > 0)
        {
            errors.Add(
                place($"{at}.hiddenState"),
                FormattableString.Invariant($"is {tier.HiddenState} on the first tier, to which no hidden state is sent"),
                "set it to 0, or leave it out");
        }

        if (t == 0 && tier.Offload > 0)
        {
            errors.Add(
                place($"{at}.offload"), FormattableString.Invariant($"is {tier.Offload} on the first tier, where the sample already is"),
                "set it to 0");
        }
    }

    /// <summary>Judges λ · d + c + o, where its parts are in order.</summary>
    private void CheckSample(TierCost tier, bool isLast, string at)
    {
        double[] parts = [tier.Layer, tier.Offload, tier.Call];
        if (tier.Depth < 1 || parts.Any(part => !double.IsFinite(part) || part < 0))
            return;
        var run = (tier.Layer * tier.Depth) + tier.Call;
        var cost = run + tier.Offload;
        var most = Math.Max(Math.Max(cost, run + (tier.HiddenState ?? 0)), tier.ExitZero);
        if (most > Most)
        {
            errors.Add(place(at), FormattableString.Invariant($"makes a sample cost {most}"), "count in a larger unit");
        }
        else if (isLast && cost < LeastCloud)
        {
            errors.Add(
                place(at),
                FormattableString.Invariant($"makes a sample cost {cost} on the last tier, against which all savings are measured"),
                "give its layers or its offloading a cost above 0");
        }
    }

    private void CheckDepth(int depth, int previous, string at)
    {
        if (depth == AbsentDepth)
            return;
        if (depth < 1)
            errors.Add(place(at), $"is {depth}", "give the number of layers that the tier runs, at least 1");
        else if (depth <= previous)
            errors.Add(place(at), $"is {depth} after {previous}", "order the tiers by depth, each deeper than the one before");
    }

    private void CheckLink(
        IReadOnlyList<TierCost> tiers, HashSet<string> names, LinkCost link, HashSet<(string From, string To)> ends, string at)
    {
        CheckEnd(tiers, names, link.From, $"{at}.from");
        CheckEnd(tiers, names, link.To, $"{at}.to");
        if (link.From.Length > 0 && link.From == link.To)
            errors.Add(place(at), $"leads from '{link.From}' to itself", "name two different tiers");
        if (!ends.Add((link.From, link.To)))
            errors.Add(place(at), $"comes a second time from '{link.From}' to '{link.To}'", "keep one of them");
        CheckCost(link.Offload, $"{at}.offload");
    }

    private void CheckEnd(IReadOnlyList<TierCost> tiers, HashSet<string> names, string name, string at)
    {
        if (absentReported && name.Length == 0)
            return;
        if (!names.Contains(name))
        {
            // A sentence cuts what is longer.
            errors.Add(place(at), $"'{name}' is no tier", $"use one of {string.Join(", ", tiers.Take(100).Select(tier => tier.Name))}");
        }
    }

    private void CheckCost(double cost, string at)
    {
        if (cost < 0)
            errors.Add(place(at), FormattableString.Invariant($"is negative ({cost})"), "give 0 or more");
        else if (!double.IsFinite(cost) && !(double.IsNaN(cost) && absentReported))
            errors.Add(place(at), FormattableString.Invariant($"is {cost}"), "give a finite number");
    }
}
