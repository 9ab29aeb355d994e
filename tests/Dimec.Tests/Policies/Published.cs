using System.Text.Json;
using CsCheck;
using Dimec.Costs;
using Dimec.Policies;
using Dimec.Policies.Codecs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies;

/// <summary>Runs a published policy over made exits.</summary>
internal static class Published
{
    /// <summary>Tiers at layers 2, 4 and 6 that cost 2, 5 and 9.</summary>
    public static CostStructure Costs { get; } = CostStructure.Default([2, 4, 6]);

    public static PolicyRun Run(string policy, object parameters, RecordedExits part, CostStructure? costs = null)
    {
        costs ??= Costs;
        var fitter = FitterList.Default.Find(policy, costs, "policy");
        // The oracle is in no plan.
        var read = policy == "oracle"
            ? NoParameters.Instance
            : fitter.Policy.Read(JsonSerializer.SerializeToElement(parameters), costs, "plan");
        return PolicyRunner.Run(fitter.CreateMeasured(read, costs, part, costs), part, costs);
    }

    /// <summary>The object that a plan's file holds.</summary>
    public static JsonElement Json(IPolicyFitter fitter, PolicyParameters parameters) =>
        ParametersJson.Of(fitter.Policy, parameters, Costs);

    /// <summary>One sample with an exit at each layer: two classes, each exit saying its class at a confidence of 0.75.</summary>
    public static RecordedExits EachLayer(params int[] classes) =>
        Exits([.. Enumerable.Range(1, classes.Length)], [.. classes.Select(label => (label, 0.75))]);

    /// <summary>One sample whose exits say a class each, with a confidence.</summary>
    public static RecordedExits Exits(int[] layers, params (int Label, double Confidence)[] exits)
    {
        var builder = new RecordedExitsBuilder("dev", layers, 2, 0);
        Add(builder, exits);
        return builder.Build();
    }

    public static void Add(RecordedExitsBuilder builder, params (int Label, double Confidence)[] exits) =>
        builder.Add($"s{builder.Count}", 0, [.. exits.SelectMany(exit => Logits(exit.Label, exit.Confidence))], []);

    private static float[] Logits(int label, double confidence)
    {
        var logit = (float)Math.Log(confidence / (1 - confidence));
        return label == 0 ? [logit, 0] : [0, logit];
    }

    /// <summary>Random exits at each of six layers.</summary>
    public static Gen<RecordedExits> SixLayers(int classes = 3) =>
        from n in Gen.Int[1, 40]
        from logits in Gen.Float[-4, 4].Array[n * 6 * classes]
        from gold in Gen.Int[0, classes - 1].Array[n]
        select Build(n, classes, logits, gold);

    /// <summary>The same with exit 0.</summary>
    public static Gen<RecordedExits> SixLayersAndExitZero(int classes = 3) =>
        from part in SixLayers(classes)
        from zero in Gen.Float[-4, 4].Array[part.Count * part.Classes]
        select part.WithExitZero(zero);

    private static RecordedExits Build(int n, int classes, float[] logits, int[] gold)
    {
        var builder = new RecordedExitsBuilder("selection", [1, 2, 3, 4, 5, 6], classes, 0);
        for (var i = 0; i < n; i++)
            builder.Add($"s{i}", gold[i], logits.AsSpan(i * 6 * classes, 6 * classes), []);
        return builder.Build();
    }
}
