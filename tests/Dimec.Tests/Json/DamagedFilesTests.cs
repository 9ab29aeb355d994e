using Dimec.Bundles;
using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Tests.Json;

/// <summary>Whatever stands in a file: its reader takes it, or says what is wrong in a sentence.</summary>
public class DamagedFilesTests
{
    private static readonly MadeTask s_task = new(samples: 40);

    [Fact]
    public void Costs() => JsonDamage.Check(
        """{"format":1,"unit":"ms","tiers":[{"name":"mobile","depth":2,"layer":1,"offload":0,"unit":"ms"},{"name":"cloud","depth":6,"layer":1.5,"offload":3}],"links":[{"from":"mobile","to":"cloud","offload":2}]}""",
        bytes => CostStructure.Read(new MemoryStream(bytes), "costs.json", PolicyList.Default.ReservedNames));

    [Fact]
    public void Plans_of_every_policy()
    {
        var planner = new Planner(s_task.Request(maxDrop: 1));
        foreach (var family in PolicyList.Default.For(CostStructure.Default([2, 4, 6])))
        {
            PlanOutcome? outcome = null;
            try
            {
                outcome = planner.Plan(family.Name);
            }
            catch (InputException)
            {
                // What asks for more than the made task has: an exit at every layer, or states.
            }

            if (outcome is PlanOutcome.Planned planned)
                Damage(planned.Plan);
        }

        static void Damage(Plan whole) => JsonDamage.Check(
            TextFiles.Written(whole.Write),
            bytes =>
            {
                var plan = Plan.Read(new MemoryStream(bytes), "plan.json");
                _ = plan.Pools;
                if (PolicyList.Default.IsServed(plan.Policy, plan.Costs))
                    plan.CreatePolicy();
            },
            times: 1000);
    }

    [Fact]
    public void Bundles() => JsonDamage.Check(
        TextFiles.Written(new BundleManifest
        {
            Revision = 3,
            Labels = ["no", "yes"],
            MaxLength = 128,
            HasPair = true,
            UsesTokenTypes = true,
            Embeddings = new EmbeddingTables("mobile.onnx", 4, new(0, 10, 4), new(160, 8, 4), new(288, 2, 4), new(
                320, 1, 4), new(336, 1, 4), 1e-12, EmbeddingKind.LayerNorm),
            Tiers = [new("mobile", 2, 2, "mobile.onnx"), new("cloud", 6, 6, "cloud.onnx")],
            Files = [.. new[] { "mobile.onnx", "cloud.onnx", "tokenizer.json", "plan.json", "golden.jsonl" }.Select(name =>
                new BundleFile(name, 7, new string('a', 64)))],
        }.Write),
        bytes => BundleManifest.Read(new MemoryStream(bytes), "bundle.json"));

    [Fact]
    public void Golden_samples() => JsonDamage.Check(
        "{\"text\":\"a\",\"pair\":null,\"logits\":{\"2\":[1,2],\"4\":[0.5,-1]}}\n"
        + "{\"text\":\"é\",\"pair\":\"b\",\"logits\":{\"2\":[1,2]}}\n",
        bytes => GoldenSamples.Read(new MemoryStream(bytes), "golden.jsonl"));

    [Fact]
    public void Predictions() => JsonDamage.Check(
        "{\"guid\":\"a\",\"gold\":1,\"logits\":{\"2\":[1,2],\"10\":[3,4]},\"embedding\":[0.5,1],\"states\":{\"2\":[1]}}\n{\"guid"
        + "\":7,\"gold\":null,\"logits\":{\"2\":[1,2],\"10\":[3,4]},\"embedding\":[0.5,1],\"states\":{\"2\":[1]},\"x\":{\"y\":[]}}\n",
        bytes => RecordedExits.Read(new MemoryStream(bytes), "dev", "dev.jsonl"));

    [Fact]
    public void Metrics() => JsonDamage.Check(
        "{\"guid\":3,\"index\":0,\"threshold_closeness\":0.1,\"confidence\":0.3,\"variability\":0.25,"
        + "\"correctness\":4,\"forgetfulness\":1000}\n{\"guid\":\"b\",\"index\":1,\"threshold_closeness\":0,"
        + "\"confidence\":1,\"variability\":0,\"correctness\":0,\"forgetfulness\":0}\n",
        bytes => MetricsFile.Read(new MemoryStream(bytes), "td_metrics.jsonl"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dynamics_in_one_order_and_joined(bool inOrder)
    {
        const string First = "{\"guid\":\"a\",\"logits_epoch_0\":[1,2],\"gold\":1}\n{\"guid\":7,\"logits_epoch_0\":[1,2],\"gold\":0}\n";
        JsonDamage.Check(
            inOrder
                ? "{\"guid\":\"a\",\"logits_epoch_1\":[1,2],\"gold\":1}\n{\"guid\":7,\"logits_epoch_1\":[3,2],\"gold\":0}\n"
                : "{\"guid\":7,\"logits_epoch_1\":[3,2],\"gold\":0}\n{\"guid\":\"a\",\"logits_epoch_1\":[1,2],\"gold\":1}\n",
            bytes => Assert.All(
                DataMap.Read(
                    [new DynamicsEpoch(0, "0", () => TextFiles.Stream(First)), new DynamicsEpoch(1, "1", () => new MemoryStream(bytes))],
                    new CartographyOptions()),
                sample => Assert.InRange(sample.Confidence, 0, 1)));
    }
}
