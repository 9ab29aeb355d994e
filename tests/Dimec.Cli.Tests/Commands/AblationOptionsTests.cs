using Dimec.Cli.Commands;
using Dimec.Costs;
using Dimec.Studies.Ablations;
using Dimec.Studies.Settings;

namespace Dimec.Cli.Tests.Commands;

/// <summary>What an ablation calls a choice is an option of the tool, so that a reader can make it.</summary>
public sealed class AblationOptionsTests
{
    private static readonly string[] s_options =
        [.. CommandList.Create(new CommandContext(ToolConsole.ForProcess(), TimeProvider.System, "dimec"))
            .SelectMany(command => command.Options)
            .Select(option => option.Name)
            .Distinct()];

    [Fact]
    public void Every_choice_of_planning_is_an_option() => Assert.Empty(PlanSwitches.All.Select(one => one.Option).Except(s_options));

    [Fact]
    public void Every_choice_of_training_is_an_option() =>
        Assert.Empty(TrainingVariant.All.Select(variant => variant.Choice(CostStructure.Default([2, 4, 6])).Split(' ')[0])
            .Except(s_options));
}
