using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Tests;

public class ChoiceNamesTests
{
    [Fact]
    public void Names_are_in_kebab_case_and_find_their_values()
    {
        Assert.Equal(["low-confidence", "low-confidence-and-variability"], ChoiceNames.All<HardRule>());
        Assert.Equal(["none", "unit-length"], ChoiceNames.All<EmbeddingNormalization>());
        Assert.Equal(SelectionRouting.Membership, ChoiceNames.Find<SelectionRouting>("membership"));
        Assert.Null(ChoiceNames.Find<RewardKind>("Confidence"));
        Assert.Null(ChoiceNames.Find<RewardKind>("1"));
    }
}
