using Dimec.Costs;
using Dimec.Policies;
using Dimec.Reporting.Drawing;

namespace Dimec.Reporting.Studies;

/// <summary>A letter and a colour for every policy that wins anywhere: no meaning hangs on colour alone.</summary>
internal sealed class WinnerStyles
{
    private readonly Dictionary<string, (char Letter, Ink Ink)> _styles = [];

    /// <summary>Gives them out, in the order of tables.</summary>
    /// <param name="winners">The policies that win anywhere.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    public WinnerStyles(IReadOnlyCollection<string> winners, CostStructure costs)
    {
        var contenders = 0;
        foreach (var policy in PolicyList.Default.For(costs).Select(policy => policy.Name).Where(winners.Contains))
        {
            var tier = costs.IndexOf(policy);
            _styles[policy] = (Letter(policy), tier >= 0 ? Palette.Tier(tier, costs.Tiers.Count) : Palette.Series(contenders++));
        }
    }

    public (char Letter, Ink Ink) this[string policy] => _styles[policy];

    /// <summary>The legend: the letter, then the policy.</summary>
    public IReadOnlyList<(Shape Shape, Ink Ink, string Text)> Legend(CostStructure costs) =>
        [.. _styles.Select(style => (Shape.Square, style.Value.Ink, $"{style.Value.Letter} {StudyNames.Policy(style.Key, costs)}"))];

    /// <summary>The first of the name's own letters, else of the alphabet, that nobody has yet.</summary>
    private char Letter(string policy) =>
        policy
            .Where(char.IsAsciiLetter)
            .Select(char.ToUpperInvariant)
            .Concat("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            .FirstOrDefault(letter => _styles.Values.All(style => style.Letter != letter), '?');
}
