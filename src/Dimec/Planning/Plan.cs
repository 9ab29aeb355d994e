using System.Text.Json;
using Dimec.Costs;
using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Policies.Pools;

namespace Dimec.Planning;

/// <summary>The file <c>plan.json</c>: a policy with its parameters, the costs it was chosen for, and what it is expected to do.</summary>
public sealed record Plan
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>The policy's name: a tier's, or one of <see cref="PolicyList"/>.</summary>
    public required string Policy { get; init; }

    /// <summary>The policy's own parameters.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>The costs it was planned for; they name the tiers, shallowest first.</summary>
    public required CostStructure Costs { get; init; }

    /// <summary>What is promised, or null where nothing was asked for.</summary>
    public PlanPromise? Promise { get; init; }

    /// <summary>The accuracy drop that it was allowed on the selection part, a fraction; null where the plan does not say.</summary>
    public double? MaxDrop { get; init; }

    /// <summary>What the plan did on the selection part.</summary>
    public required ExpectedOutcome Expected { get; init; }

    /// <summary>SHA-256 (hex) of every file that the plan was made from, by name.</summary>
    public IReadOnlyDictionary<string, string> MadeFrom { get; init; } = new Dictionary<string, string>();

    /// <summary>What a user should know before serving the plan, one sentence each: a tier that was dropped, a degenerate router, no gain.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>True where the policy asks for e(x), the mean of the embedding layer's outputs.</summary>
    public bool NeedsEmbedding => Family("plan").NeedsEmbedding;

    /// <summary>What the plan holds where it is one of pools: thresholds, choices, centroids; null for every other policy.</summary>
    /// <exception cref="InputException">The parameters are malformed.</exception>
    public PoolsParameters? ReadPools() => Policy == PoolsFamily.PolicyName ? PoolsParameters.Read(Parameters, Costs, "plan") : null;

    /// <summary>The policy, ready to be asked.</summary>
    /// <exception cref="InputException">The policy cannot be served, or its parameters are malformed.</exception>
    public IPolicy CreatePolicy()
    {
        var family = Family("plan");
        if (family.NotServed is { } reason)
            throw new InputException("plan policy", $"'{Policy}' cannot be served: it {reason}", "plan another policy; evaluations show this one to compare with");
        return family.Create(Parameters, Costs, "plan");
    }

    /// <summary>Reads a plan and makes sure that its policy can be made.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static Plan Read(Stream stream, string where) => PlanJson.Read(stream, where);

    /// <summary>Writes the plan.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => PlanJson.Write(this, stream);

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

    private static string Describe(CostStructure costs) => string.Join(", ", costs.Tiers.Select(tier => $"{tier.Name} ({tier.Depth} layers)"));

    internal IPolicyFamily Family(string where) => PolicyList.Find(Policy, Costs, $"{where} policy");
}
