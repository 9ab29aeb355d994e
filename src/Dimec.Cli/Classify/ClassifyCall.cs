using System.Globalization;
using Dimec.Files;
using Dimec.Inference;

namespace Dimec.Cli.Classify;

/// <summary>What a call of <c>dimec classify</c> asks of every text, and how its answers are written.</summary>
/// <param name="IsJson">Whether a line is a JSON object.</param>
/// <param name="IsLocalOnly">Whether no text leaves this machine.</param>
/// <param name="Tier">The tier that is to answer; null: as the plan says.</param>
internal sealed record ClassifyCall(bool IsJson, bool IsLocalOnly, string? Tier)
{
    /// <summary>A text as it is asked.</summary>
    public TextInput Of(TextInput text) => text with { IsLocalOnly = IsLocalOnly, Tier = Tier };

    /// <summary>Whether a bundle can do what is asked.</summary>
    public void Check(Bundle bundle, InputErrors errors)
    {
        var tiers = bundle.Manifest.Tiers;
        if (Tier is not null && !tiers.Any(tier => tier.Name == Tier))
        {
            errors.Add($"--pin {Tier}", "is no tier of this bundle", $"name {string.Join(" or ", tiers.Select(tier => tier.Name))}");
        }
        else if (Tier is not null && IsLocalOnly && Tier != tiers[0].Name)
        {
            errors.Add(
                $"--pin {Tier}", "runs elsewhere, and --local-only lets no text leave", $"name {tiers[0].Name}, or leave out one of both");
        }
    }

    /// <summary>What a file of answers is made of, by what a sentence calls that.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="options">What is asked of the client.</param>
    /// <param name="tiers">The tiers that have an address: without it others answer in their place.</param>
    /// <param name="texts">The file of texts.</param>
    public IReadOnlyDictionary<string, string> Origin(
        Bundle bundle, DimecClientOptions options, IEnumerable<string> tiers, string texts) =>
        new Dictionary<string, string>
        {
            ["content of --file"] = FileHash.Of(texts),
            ["bundle"] = bundle.Hash,
            ["set of tiers that have an address"] = string.Join(' ', tiers.Distinct().Order(StringComparer.Ordinal)),
            ["choice of --json"] = IsJson ? "json" : "fields",
            ["choice of --local-only"] = IsLocalOnly ? "here" : "anywhere",
            ["--pin"] = Tier ?? "",
            ["--abstain-below"] = options.AbstainBelow?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        }.Where(made => made.Value.Length > 0).ToDictionary();
}
