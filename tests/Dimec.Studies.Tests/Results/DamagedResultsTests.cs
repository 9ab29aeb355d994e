using Dimec.Evaluation;
using Dimec.Evaluation.Pools;
using Dimec.Planning;
using Dimec.Studies.Ablations;
using Dimec.Studies.Tests.Ablations;

namespace Dimec.Studies.Tests.Results;

/// <summary>
/// Whatever stands in a file of evaluations or a study's results: its reader takes it, or says what is wrong in a sentence.
/// </summary>
public class DamagedResultsTests
{
    private static readonly AblatedTask s_task = new(samples: 40);

    [Fact]
    public void Evaluations_and_what_a_study_keeps()
    {
        var request = s_task.Request(maxDrop: 1);
        var pools = Assert.IsType<PlanOutcome.Planned>(new Planner(request).Plan("pools"));
        var evaluation = Evaluator.Evaluate([pools.Plan], s_task.Reported, request.Costs, new EvaluationOptions { BootstrapDraws = 100 });
        JsonDamage.Check(TextFiles.Written(evaluation.Write), bytes => EvaluationDocument.Read(new MemoryStream(bytes), "evaluation.json"));
        JsonDamage.Check(TextFiles.Written(PoolTiers.Measure(pools.Plan, request.Training!, s_task.Reported, seed: 1).Write), bytes =>
            PoolTiers.Read(new MemoryStream(bytes), "pools.json"));
        var run = Ablation.Run(request, s_task.Reported, s_task);
        JsonDamage.Check(TextFiles.Written(run.Write), bytes => AblationRun.Read(new MemoryStream(bytes), "run.json"), times: 500);
        JsonDamage.Check(TextFiles.Written(AblationTable.Of([run], new EvaluationOptions { BootstrapDraws = 100 }).Write), bytes =>
            AblationTable.Read(new MemoryStream(bytes), "table.json"));
        JsonDamage.Check(
            TextFiles.Written(Ablation.Compare(
                [new TrainingPair(s_task.Reported, s_task.Reported)], new EvaluationOptions { BootstrapDraws = 100 }).Write),
            bytes => TrainingComparison.Read(new MemoryStream(bytes), "compared.json"));
    }
}
