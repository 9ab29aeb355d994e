using System.Text.Json;
using Dimec.Costs;
using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Policies.Pools;
using Dimec.Policies.Resuming;
using Dimec.Predictions;

namespace Dimec.Planning;

/// <summary>The file <c>plan.json</c>: a policy with its parameters, the costs it was chosen for, and what it is expected to do.</summary>
public sealed record Plan
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>The policy that was planned.</summary>
    public required IPolicyFactory Factory { get; init; }

    /// <summary>The policy's name: a tier's, or one of the list that the plan was read or made with.</summary>
    public string Policy => Factory.Name;

    /// <summary>The policy's own parameters.</summary>
    public required PolicyParameters Parameters { get; init; }

    /// <summary>The costs it was planned for; they name the tiers, shallowest first.</summary>
    public required CostStructure Costs { get; init; }

    /// <summary>The how manieth plan of its kind it is, from 1: each that is made of one that is served has the next number.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>SHA-256 (hex) of the file of the plan in whose place it was made; null where it is the first.</summary>
    public string? Previous { get; init; }

    /// <summary>What is promised, or null where nothing was asked for.</summary>
    public PlanPromise? Promise { get; init; }

    /// <summary>The accuracy drop that it was allowed on the selection part, a fraction; null where the plan does not say.</summary>
    public double? MaxDrop { get; init; }

    /// <summary>What the plan did on the selection part.</summary>
    public required ExpectedOutcome Expected { get; init; }

    /// <summary>SHA-256 (hex) of every file that the plan was made from, by name.</summary>
    public IReadOnlyDictionary<string, string> MadeFrom { get; init; } = new Dictionary<string, string>();

    /// <summary>The bundle whose exits the plan was chosen on; null where they were the trained model's.</summary>
    public ExportedExits? Exits { get; init; }

    /// <summary>How hidden states travel where a tier goes on from another's.</summary>
    public HiddenStateTransfer HiddenStates { get; init; } = new();

    /// <summary>
    /// What a user should know before serving the plan, one sentence each: a tier that was dropped, a degenerate router, no gain.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// What the policy asks for of a sample, beside what the exits say: whoever prepares samples or checks a plan asks here.
    /// </summary>
    public PolicyNeeds Needs => Parameters.Needs(Costs);

    /// <summary>
    /// The stretches of layers that tiers may be asked for, so that a bundle holds a model of each; whole tiers may be left out.
    /// </summary>
    public IReadOnlyList<TierWork> Works => Parameters.Works(Costs);

    /// <summary>What the plan holds where it is one of pools: thresholds, choices, centroids; null for every other policy.</summary>
    public PoolsParameters? Pools => Parameters as PoolsParameters;

    /// <summary>The policy, ready to be asked.</summary>
    /// <exception cref="InputException">The policy cannot be served.</exception>
    public IPolicy CreatePolicy()
    {
        if (Factory.NotServed is { } reason)
        {
            throw new InputException(
                "plan policy", $"'{Policy}' cannot be served: it {reason}",
                "plan another policy; evaluations show this one to compare with");
        }

        return Factory.Create(Parameters, Costs);
    }

    /// <summary>The policy as it is measured on a part (see <see cref="IPolicyFitter.CreateMeasured"/>).</summary>
    /// <param name="policies">How policies are measured; the plan's must be among them.</param>
    /// <param name="part">The part to measure on.</param>
    /// <param name="costs">The costs to measure with, for the same tiers.</param>
    /// <exception cref="InputException">The list does not have the policy, or the part lacks what it needs.</exception>
    public IPolicy CreateMeasured(FitterList policies, RecordedExits part, CostStructure costs) =>
        FitterIn(policies).CreateMeasured(Parameters, Costs, part, costs);

    /// <summary>The object <c>parameters</c> as the file has it.</summary>
    public JsonElement ParametersJson() => Policies.Codecs.ParametersJson.Of(Factory, Parameters, Costs);

    /// <summary>What a plan over a router's table has as its policy, by which that is told from this file.</summary>
    internal const string TablePolicy = "score";

    /// <summary>Reads a plan and makes sure that its policy can be made.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <param name="policies">The policies that a plan may name; null for those of this library.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static Plan Read(Stream stream, string where, PolicyList? policies = null) =>
        PlanJson.Read(stream, where, policies ?? PolicyList.Default);

    /// <summary>Writes the plan.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => PlanJson.Write(this, stream);

    /// <summary>The next revision: the same plan, made in the place of one that is served.</summary>
    /// <param name="served">The plan that is served.</param>
    /// <param name="hash">SHA-256 (hex) of its file.</param>
    public Plan InPlaceOf(Plan served, string hash)
    {
        ArgumentNullException.ThrowIfNull(served);
        return this with { Revision = served.Revision + 1, Previous = hash };
    }

    /// <exception cref="InputException">The tiers have other names or depths than those that the plan was made for.</exception>
    internal void RequireTiersOf(CostStructure costs)
    {
        if (!Costs.Tiers.Select(tier => (tier.Name, tier.Depth)).SequenceEqual(costs.Tiers.Select(tier => (tier.Name, tier.Depth))))
        {
            throw new InputException(
                "costs tiers",
                $"are {Describe(costs)} where the plan '{Policy}' was made for {Describe(Costs)}",
                "use costs for the same tiers, or plan again");
        }
    }

    private static string Describe(CostStructure costs) =>
        string.Join(", ", costs.Tiers.Select(tier => $"{tier.Name} ({tier.Depth} layers)"));

    internal IPolicyFitter FitterIn(FitterList policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return policies.Find(Policy, Costs, "plan policy");
    }
}
