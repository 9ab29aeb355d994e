using Dimec.Costs;
using Dimec.Policies;

namespace Dimec.Cli.Tests;

/// <summary>The table of policies in the docs is that of the list.</summary>
public sealed class DocsPoliciesTests
{
    [Fact]
    public void The_table_has_a_row_for_every_policy_in_the_list_s_order()
    {
        string[] rows = [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "policies.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        IPolicyFamily[] families = [.. PolicyList.For(CostStructure.Default([2, 4, 6])).Where(family => family.Kind != PolicyKind.SingleTier)];
        Assert.Equal(families.Select(family => family.Name), rows.Select(row => row.Split('`')[1]));
        foreach (var (family, row) in families.Zip(rows))
        {
            var served = row.Split('|')[^2].Trim();
            Assert.Equal(family.NotServed is null && family.Kind != PolicyKind.Bound, served != "no");
            Assert.All(family.Source.Split(["arXiv ", ")", ",", ";", " "], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 9 && char.IsAsciiDigit(word[0])), paper => Assert.Contains(paper, row, StringComparison.Ordinal));
        }
    }
}
