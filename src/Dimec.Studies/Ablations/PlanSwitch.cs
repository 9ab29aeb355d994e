using Dimec.Costs;
using Dimec.Policies;

namespace Dimec.Studies.Ablations;

/// <summary>An open choice of the method that planning makes, as a switch. <see cref="PlanSwitches"/> lists them all.</summary>
public sealed class PlanSwitch
{
    private readonly Func<SwitchScope, IEnumerable<SwitchChoice>> _choices;

    /// <param name="option">Its name in the tables of a study.</param>
    /// <param name="question">What is chosen.</param>
    /// <param name="choices">The choices, the method's default first.</param>
    internal PlanSwitch(string option, string question, Func<SwitchScope, IEnumerable<SwitchChoice>> choices) =>
        (Option, Question, _choices) = (option, question, choices);

    /// <summary>Its name in the tables of a study.</summary>
    public string Option { get; }

    /// <summary>The policy that is planned with each choice. Default: that of pools.</summary>
    public string Policy { get; private init; } = PolicyList.Pools;

    /// <summary>What is chosen, as the start of a sentence.</summary>
    public string Question { get; }

    /// <summary>The choices, the method's default first.</summary>
    /// <param name="costs">The costs, which name the tiers and their depths.</param>
    /// <param name="epochs">The number of epochs of which there are dynamics; 0 where there are none.</param>
    public IReadOnlyList<SwitchChoice> Choices(CostStructure costs, int epochs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        return [.. _choices(new SwitchScope(costs, epochs))];
    }

    /// <summary>A choice among the values of an enum, the default first as everywhere.</summary>
    internal static PlanSwitch Of<T>(string option, string question, Func<PlanSetting, T, PlanSetting> apply)
        where T : struct, Enum =>
        new(option, question, _ => Enum.GetValues<T>()
            .Select(value => new SwitchChoice(ChoiceNames.Of(value), setting => apply(setting, value))));

    /// <summary>The same choice about another policy.</summary>
    internal PlanSwitch For(string policy) => new(Option, Question, _choices) { Policy = policy };

    /// <summary>A choice that is off by default.</summary>
    internal static PlanSwitch OnOff(string option, string question, Func<PlanSetting, bool, PlanSetting> apply) =>
        new(option, question, _ => [new("off", setting => apply(setting, false)), new("on", setting => apply(setting, true))]);
}
