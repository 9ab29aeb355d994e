using System.Text.Json;
using Dimec.Json;

namespace Dimec.Costs;

/// <summary>
/// What processing and offloading cost on each tier (method section 7): cost(x) = λ_t · d_t + o_t for the tier t that answers.
/// Costs are abstract (layers) or measured (ms, mJ, money); one structure has one unit.
/// </summary>
public sealed class CostStructure
{
    /// <summary>Creates a structure and checks it.</summary>
    /// <param name="unit">What the numbers count, e.g. <c>layers</c> or <c>ms</c>.</param>
    /// <param name="tiers">At least two, shallowest first.</param>
    /// <param name="links">Costs of forwarding between two tiers in a resume; may be empty.</param>
    /// <exception cref="InputException">Names are empty or come twice, depths do not ascend, a cost is negative or not
    /// finite, a sample costs nothing on the last tier, or a link names a tier that is not there.
    /// All problems are reported together.</exception>
    public CostStructure(string unit, IReadOnlyList<TierCost> tiers, IReadOnlyList<LinkCost> links)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        ArgumentNullException.ThrowIfNull(links);
        var errors = new InputErrors();
        new CostStructureRules(key => $"costs {key}", errors, reserved: [], absentReported: false).Check(unit, tiers, links);
        errors.ThrowIfAny();
        (Unit, Tiers, Links) = (unit, [.. tiers], [.. links]);
    }

    /// <summary>What the numbers count.</summary>
    public string Unit { get; }

    /// <summary>The tiers, shallowest first; the last one is the cloud, against which savings and drops are measured.</summary>
    public IReadOnlyList<TierCost> Tiers { get; }

    /// <summary>
    /// Costs of forwarding between two tiers, where given: kept with the structure, and charged by policies that resume alone.
    /// </summary>
    public IReadOnlyList<LinkCost> Links { get; }

    /// <summary>Where measured costs come from; null where they were set.</summary>
    public CostOrigin? Origin { get; init; }

    /// <summary>The cost of a sample that the last tier answers: λ_L · L + o_L.</summary>
    public double Cloud => Of(Tiers.Count - 1);

    /// <summary>The cost of a sample that a tier processes: λ_t · d_t + o_t.</summary>
    /// <param name="tier">The tier's place in <see cref="Tiers"/>, from 0.</param>
    public double Of(int tier) => Of(tier, 0, Tiers[tier].Depth);

    /// <summary>The cost of part of a tier's layers: λ_t · (to − from), and o_t where the tier begins with the text.</summary>
    /// <param name="tier">The tier's place in <see cref="Tiers"/>, from 0.</param>
    /// <param name="from">The layers that the tier has run of this sample already; 0 where it begins.</param>
    /// <param name="to">The layer at which it stops, from 1.</param>
    public double Of(int tier, int from, int to) => Of(from == 0 ? TierWork.OfText(tier, to) : TierWork.Further(tier, from, to));

    /// <summary>
    /// The cost of a stretch: λ_t · (to − from) + c_t, and what it cost to bring the tier what it began with; that of exit 0 where it runs
    /// no layer.
    /// </summary>
    /// <param name="work">The stretch.</param>
    public double Of(TierWork work) => Run(Tiers[work.Tier], work.To - work.From) + work.Start switch
    {
        WorkStart.Text => Tiers[work.Tier].Offload,
        WorkStart.Here => 0,
        WorkStart.Forwarded => Forward(work.Sender, work.Tier),
        WorkStart.Carried => Carry(work.Tier),
        _ => throw new ArgumentOutOfRangeException(nameof(work), work.Start, "A stretch begins with a text or a hidden state."),
    };

    /// <summary>What it costs to send a hidden state from the mobile to a tier: h_t, or o_t where the structure does not say.</summary>
    /// <param name="tier">The tier's place in <see cref="Tiers"/>, from 0.</param>
    public double Carry(int tier) => Tiers[tier].HiddenState ?? Tiers[tier].Offload;

    /// <summary>What it costs that a tier sends a hidden state on to another: the link's cost, else max(0, h_to − h_from).</summary>
    /// <param name="from">The place in <see cref="Tiers"/> of the tier that has it.</param>
    /// <param name="to">The place of the tier that goes on.</param>
    public double Forward(int from, int to) =>
        Links.FirstOrDefault(link => link.From == Tiers[from].Name && link.To == Tiers[to].Name)?.Offload
        ?? Math.Max(0, Carry(to) - Carry(from));

    /// <summary>
    /// The default structure, which can be redone by hand: λ = 1 on every tier, offloading costs L/2 layers to the cloud and L/6 to the
    /// first tier after the mobile; with more tiers between, the offloading costs lie evenly between the two. At depths 2, 4, 6 the
    /// tiers cost 2, 5 and 9. Names are mobile, edge (edge1, edge2, … where there are several) and cloud.
    /// </summary>
    /// <param name="depths">The tiers' depths in layers, ascending; at least two. The last is L.</param>
    /// <exception cref="InputException">The depths are fewer than two, below 1 or not ascending.</exception>
    public static CostStructure Default(IReadOnlyList<int> depths)
    {
        ArgumentNullException.ThrowIfNull(depths);
        var tiers = depths.Select((depth, t) => new TierCost(DefaultName(t, depths.Count), depth, 1, DefaultOffload(t, depths)));
        return new CostStructure("layers", [.. tiers], []);
    }

    /// <summary>The same structure with every offloading cost 0, those of hidden states too: the second column of every report.</summary>
    /// <returns>Null where the last tier costs nothing but the offloading, so that nothing would be left to
    /// measure savings against.</returns>
    public CostStructure? WithoutOffload() => Run(Tiers[^1], Tiers[^1].Depth) < CostStructureRules.LeastCloud
        ? null
        : new(
            Unit, [.. Tiers.Select(tier => tier with { Offload = 0, HiddenState = null })],
            [.. Links.Select(link => link with { Offload = 0 })]);

    /// <summary>Reads a cost file (JSON, <c>format</c> 1).</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <param name="reserved">Names that no tier may have, since policies have them; null for none.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together: unknown format or keys, missing or negative
    /// costs, mixed units, depths that do not ascend, names that come twice or are reserved, links to unknown tiers.</exception>
    public static CostStructure Read(Stream stream, string where, IReadOnlyCollection<string>? reserved = null) =>
        CostStructureJson.Read(stream, where, reserved ?? []);

    /// <summary>Reads a structure that stands in another file, as in plans.</summary>
    /// <param name="json">The object; its problems go where that reader's go.</param>
    /// <param name="reserved">Names that no tier may have, since policies have them.</param>
    /// <returns>Null where there was a problem.</returns>
    public static CostStructure? Read(JsonObjectReader json, IReadOnlyCollection<string> reserved) =>
        CostStructureJson.Read(json, reserved);

    /// <summary>Writes the structure as a cost file.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => CostStructureJson.Write(this, stream);

    /// <summary>Writes the structure into another file.</summary>
    /// <param name="json">Where to: as the next value.</param>
    public void Write(Utf8JsonWriter json) => CostStructureJson.Write(this, json);

    /// <summary>A tier's place by its name, or −1.</summary>
    /// <param name="name">The tier's name.</param>
    public int IndexOf(string name)
    {
        for (var t = 0; t < Tiers.Count; t++)
        {
            if (Tiers[t].Name == name)
                return t;
        }

        return -1;
    }

    private static double Run(TierCost tier, int layers) => layers == 0 ? tier.ExitZero : (tier.Layer * layers) + tier.Call;

    private static string DefaultName(int tier, int count) =>
        tier == 0 ? "mobile" : tier == count - 1 ? "cloud" : count == 3 ? "edge" : $"edge{tier}";

    private static double DefaultOffload(int tier, IReadOnlyList<int> depths)
    {
        if (tier == 0)
            return 0;
        double layers = depths[^1];
        return depths.Count == 2 ? layers / 2 : (layers / 6) + ((layers / 3) * (tier - 1) / (depths.Count - 2));
    }
}
