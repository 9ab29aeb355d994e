using Dimec.Files;
using Dimec.Planning.Promises;

namespace Dimec.Routing.Plans;

/// <summary>
/// The file of a plan over a table: thresholds on the router's score, what the tiers cost, what is promised and what is expected. It is no
/// plan of a bundle: whoever asks the models reads the thresholds.
/// </summary>
public sealed record RouterPlan
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>The policy's name, by which the file is told from a bundle's plan.</summary>
    public const string Policy = Planning.Plan.TablePolicy;

    /// <summary>What sentences have after a cost: a table names no unit.</summary>
    public const string Unit = "in the table's unit";

    /// <summary>Who answers.</summary>
    public required ScoreRoute Route { get; init; }

    /// <summary>The tiers' names, from the weak one to the strong one; the route's tiers are places among them.</summary>
    public required IReadOnlyList<string> Tiers { get; init; }

    /// <summary>By tier, the mean cost of a sample that it answers, in the table's unit.</summary>
    public required IReadOnlyList<double> Costs { get; init; }

    /// <summary>What is promised, or null where nothing was asked for.</summary>
    public PlanPromise? Promise { get; init; }

    /// <summary>The drop that it was allowed on those samples that it was chosen on; null where a promise was asked for.</summary>
    public double? MaxDrop { get; init; }

    /// <summary>What it did with the samples that it was chosen on.</summary>
    public required RouterRow Expected { get; init; }

    /// <summary>SHA-256 (hex) of every file that it was made from, by name.</summary>
    public IReadOnlyDictionary<string, string> MadeFrom { get; init; } = new Dictionary<string, string>();

    /// <summary>What a user should know before relying on it, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The route in words, e.g. <c>small, large from 0.42 on</c>.</summary>
    public string Words => RouterWords.Of(Route, Tiers);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be read, or is malformed.</exception>
    public static RouterPlan Read(string path)
    {
        using var stream = InputFile.OpenRead(path);
        return RouterPlanJson.Read(stream, path);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Gets it.</param>
    public void Write(Stream stream) => RouterPlanJson.Write(this, stream);

    /// <summary>Refuses a table of other tiers.</summary>
    /// <param name="table">The table.</param>
    /// <param name="where">How errors name the plan.</param>
    /// <exception cref="InputException">The table's tiers are others.</exception>
    public void RequireTiersOf(RouterTable table, string where)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!table.Tiers.SequenceEqual(Tiers))
        {
            throw new InputException(
                where, $"is for the tiers {string.Join(", ", Tiers)}, and {table.Name} has {string.Join(", ", table.Tiers)}",
                "give the plan a table of its own tiers");
        }
    }
}
