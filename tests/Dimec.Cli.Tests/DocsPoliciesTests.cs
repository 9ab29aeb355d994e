using Dimec.Costs;
using Dimec.Policies;
using Dimec.Policies.Fitting;

namespace Dimec.Cli.Tests;

/// <summary>The table of policies in the docs is that of the list.</summary>
public sealed class DocsPoliciesTests
{
    [Fact]
    public void The_table_has_a_row_for_every_policy_in_the_list_s_order()
    {
        string[] rows = [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "policies.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        IPolicyFitter[] fitters = [.. FitterList.Default.For(CostStructure.Default([2, 4, 6]))
            .Where(fitter => fitter.Policy.Kind != PolicyKind.SingleTier)];
        Assert.Equal(fitters.Select(fitter => fitter.Policy.Name), rows.Select(row => row.Split('`')[1]));
        foreach (var (fitter, row) in fitters.Zip(rows))
        {
            var served = row.Split('|')[^2].Trim();
            Assert.Equal(fitter.Policy.NotServed is null && fitter.Policy.Kind != PolicyKind.Bound, served != "no");
            Assert.All(
                fitter.Source.Split(["arXiv ", ")", ",", ";", " "], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 9
                    && char.IsAsciiDigit(word[0])), paper => Assert.Contains(paper, row, StringComparison.Ordinal));
        }
    }
}
