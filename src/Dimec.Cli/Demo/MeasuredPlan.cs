using Dimec.Costs;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Reporting;

namespace Dimec.Cli.Demo;

/// <summary>The demo's plan, made in layers, at what its tiers were measured to take.</summary>
/// <param name="Costs">The measured costs.</param>
/// <param name="Cost">What the plan costs at these, a sample.</param>
internal sealed record MeasuredPlan(CostStructure Costs, double Cost)
{
    /// <summary>What is saved against the cloud, 0 to 1; negative where it costs more.</summary>
    public double Reduction => 1 - (Cost / Costs.Cloud);

    /// <summary>The same, to be read.</summary>
    public string Sentence =>
        $"As measured here, each text alone, the same plan takes {Formatting.Cost(Cost, Costs.Unit)} a sample where the "
        + $"{Costs.Tiers[^1].Name} takes {Formatting.Cost(Costs.Cloud, Costs.Unit)}: {Formatting.Percent(Reduction)} saved.";

    /// <summary>Plays the plan at the costs of a file.</summary>
    public static MeasuredPlan Of(string file, Plan plan, RecordedExits part)
    {
        using var stream = InputFile.OpenRead(file);
        var costs = CostStructure.Read(stream, file);
        return new MeasuredPlan(costs, PolicyRunner.Run(plan.CreatePolicy(), part, costs).MeanCost);
    }
}
