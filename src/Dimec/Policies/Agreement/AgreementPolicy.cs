using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Agreement;

/// <summary>
/// Agreement as the rule of a cascade (ABC): a tier's exits are its ensemble, and where at least a share of them gives the class of its
/// deepest one, that class is the answer; else the next tier starts over, and the last one always answers. A tier that holds one exit
/// alone has nobody to agree with and is passed over. A tier's exits come with its layers: it costs λ_t · d_t + o_t, and every tier visited is paid.
/// </summary>
/// <param name="share">The share of a tier's exits that must agree, above 0 and at most 1.</param>
/// <param name="steps">For each tier that is asked, its exits in order.</param>
internal sealed class AgreementPolicy(double share, PolicyStep[][] steps) : IPolicy
{
    private readonly PolicyStep[] _walk = [.. steps.SelectMany(tier => tier)];

    public PolicyStep Next(in PolicyState state)
    {
        var done = state.Visits.Length;
        if (done == _walk.Length)
            return PolicyStep.Answer;
        if (done == 0 || state.Visits[^1].Tier == _walk[done].Tier)
            return _walk[done];
        // The tier's last exit is the latest visit: its whole ensemble has spoken.
        return Agreed(state.Visits) >= share ? PolicyStep.Answer : _walk[done];
    }

    public double? Trust(int tier, in PolicyState state) => Agreed(state.Visits);

    /// <summary>The share of the latest tier's exits that give the class of its deepest one.</summary>
    private static double Agreed(ReadOnlySpan<Visit> visits)
    {
        var (agreed, asked) = (0, 0);
        for (var i = visits.Length - 1; i >= 0 && visits[i].Tier == visits[^1].Tier; i--, asked++)
            agreed += visits[i].Label == visits[^1].Label ? 1 : 0;
        return agreed / (double)asked;
    }
}

/// <summary>The family of <see cref="AgreementPolicy"/>: every share that some tier's exits can have, and every tier to begin with; the last one answers whatever the share.</summary>
internal sealed class AgreementFamily : IPolicyFamily
{
    public string Name => "agreement";

    public string Source => "Agreement of a tier's exits: Kolawole et al. 2024 (ABC, arXiv 2407.02348), with exits as the ensemble.";

    public PolicyKind Kind => PolicyKind.Contender;

    public string NotServed => "asks a tier for exits that its model does not give";

    public InputError? Lack(PolicyFitting fitting) => Ensembles(fitting.Selection.Exits, fitting.Costs).Any(tier => tier < fitting.Costs.Tiers.Count - 1) ? null : new InputError(
        $"predictions/{fitting.Selection.Part}.jsonl",
        $"has exits {string.Join(", ", fitting.Selection.Exits)}, where '{Name}' asks for two at least on a tier before the last",
        "train with more exits, or plan another policy");

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting)
    {
        if (Lack(fitting) is not null)
            return [];
        var exits = fitting.Selection.Exits;
        var tiers = fitting.Costs.Tiers;
        int[] ensembles = [.. Ensembles(exits, fitting.Costs).Where(tier => tier < tiers.Count - 1)];
        var candidates =
            from first in ensembles
            from share in ensembles.Where(tier => tier >= first).Select(tier => exits.Count(exit => exit <= tiers[tier].Depth)).SelectMany(size => Enumerable.Range(2, size - 1).Select(agreed => agreed / (double)size)).Distinct().Order()
            select (first, share);
        return [.. candidates.Append((first: tiers.Count - 1, share: 1)).Select(candidate => PolicyParameters.Write(json =>
        {
            json.WriteNumber("share", candidate.share);
            json.WriteString("first", tiers[candidate.first].Name);
            json.WriteNumbers("exits", exits.Select(exit => (double)exit));
        }))];
    }

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where) => PolicyParameters.Read(parameters, where, json =>
    {
        var exits = ExitWalk.ReadExits(json, costs);
        var share = json.Number("share") ?? 1;
        if (share is not (> 0 and <= 1))
            json.Problem("share", FormattableString.Invariant($"is {share}"), "give a share above 0 and at most 1");
        var name = json.String("first");
        var first = costs.IndexOf(name);
        if (first < 0)
            json.Problem("first", $"is '{name}', which is no tier", $"name one of {string.Join(", ", costs.Tiers.Select(tier => tier.Name))}");
        return json.Errors.Count > 0 ? null! : new AgreementPolicy(share, [.. Ensembles(exits, costs).Where(tier => tier >= first).Select(tier => Walk(tier, exits, costs))]);
    });

    public bool IsLastTier(JsonElement parameters, CostStructure costs) => parameters.GetProperty("first").GetString() == costs.Tiers[^1].Name;

    /// <summary>The tiers with two exits and more, and the last one, which always answers.</summary>
    private static IEnumerable<int> Ensembles(IReadOnlyList<int> exits, CostStructure costs) =>
        Enumerable.Range(0, costs.Tiers.Count).Where(tier => tier == costs.Tiers.Count - 1 || exits.Count(exit => exit <= costs.Tiers[tier].Depth) > 1);

    private static PolicyStep[] Walk(int tier, int[] exits, CostStructure costs) =>
        [.. exits.Where(exit => exit <= costs.Tiers[tier].Depth).Select(exit => PolicyStep.RunOn(tier, exit))];
}
