using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Patience;

/// <summary>
/// PABEE's rule: the exits are asked layer by layer, and the sample is answered as soon as an exit's class has been that of the exit
/// before it for <paramref name="patience"/> times in a row, else by the last. Within a tier a further layer costs λ_t; past its last
/// layer the sample starts over on the next tier.
/// </summary>
/// <param name="patience">How many times in a row two exits must agree, from 1.</param>
/// <param name="steps">All exits in order, each on the tier that runs it.</param>
internal sealed class PatiencePolicy(int patience, PolicyStep[] steps) : IPolicy
{
    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.Length == steps.Length)
            return PolicyStep.Answer;
        return !state.Visits.IsEmpty && Agreed(state.Visits) >= patience ? PolicyStep.Answer : steps[state.Visits.Length];
    }

    public double? Trust(int tier, in PolicyState state) => Agreed(state.Visits);

    /// <summary>How many times in a row, back from the latest, an exit had the class of the one before it.</summary>
    private static int Agreed(ReadOnlySpan<Visit> visits)
    {
        var agreed = 0;
        for (var i = visits.Length - 1; i > 0 && visits[i].Label == visits[i - 1].Label; i--)
            agreed++;
        return agreed;
    }
}

/// <summary>The family of <see cref="PatiencePolicy"/>: every patience that there can be.</summary>
internal sealed class PatienceFamily : IPolicyFamily
{
    public string Name => "patience";

    public string Source => "Patience, the same class in so many exits in a row: Zhou et al. 2020 (PABEE, arXiv 2006.04152).";

    public PolicyKind Kind => PolicyKind.Contender;

    public string NotServed => "stops at layers whose exits no tier's model gives";

    public InputError? Lack(PolicyFitting fitting)
    {
        var part = fitting.Selection;
        var layers = fitting.Costs.Tiers[^1].Depth;
        return Enumerable.Range(1, layers).All(part.Exits.Contains) ? null : new InputError(
            $"predictions/{part.Part}.jsonl",
            $"has exits {string.Join(", ", part.Exits)}, where '{Name}' asks for one at each layer",
            $"train with --exits {string.Join(",", Enumerable.Range(1, layers))}, or plan another policy");
    }

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting)
    {
        if (Lack(fitting) is not null)
            return [];
        int[] exits = [.. Enumerable.Range(1, fitting.Costs.Tiers[^1].Depth)];
        return [.. Enumerable.Range(1, exits.Length - 1).Select(patience => PolicyParameters.Write(json =>
        {
            json.WriteNumber("patience", patience);
            json.WriteNumbers("exits", exits.Select(exit => (double)exit));
        }))];
    }

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where) => PolicyParameters.Read(parameters, where, json =>
    {
        var exits = ExitWalk.ReadExits(json, costs);
        var patience = json.Integer("patience") ?? 1;
        if (patience < 1)
            json.Problem("patience", $"is {patience}", "give 1 or more");
        return json.Errors.Count > 0 ? null! : new PatiencePolicy(patience, ExitWalk.Steps(exits, costs));
    });
}
