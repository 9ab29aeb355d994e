using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Fuzzing.Network;

/// <summary>Answers of a tier as they should be.</summary>
internal static class Answers
{
    /// <summary>Logits, and hidden states of one kind of number.</summary>
    public static InferResponse Logits(DataType type) => Of(
        "dimec_edge", [Tensor.From<float>("logits", [2, 2], [1, 2, -1, 0.5f]), .. Requests.StateTensors(type)]);

    /// <summary>Where a walk came to.</summary>
    public static InferResponse Walk(DataType type) => Of(
        "dimec_walk_2",
        [
            Tensor.From<int>(TierNames.Visits, [2, 2, 4], [1, 2, 3, 3, 1, 3, 4, 1, 1, 2, 3, 3, -1, -1, -1, -1]),
            Tensor.From<float>(TierNames.VisitLogits, [2, 2, 2], [1, 2, 3, 4, 5, 6, 0, 0]),
            Tensor.From<int>(TierNames.HiddenRows, [2], [0, 1]),
            .. Requests.StateTensors(type),
        ]);

    /// <summary>What a tier says to texts.</summary>
    public static InferResponse Texts() => Of(
        "dimec", [Tensor.FromStrings("label", [2], ["no", "yes"]), Tensor.From<double>("cost", [2], [1, 2]), Tensor.From<bool>("fallback",
            [2], [true, false])]);

    private static InferResponse Of(string model, IReadOnlyList<Tensor> outputs) => new(
        model, "3", "one", new Dictionary<string, ParameterValue>
        {
            [TierNames.BundleParameter] = new string('a', 64),
            [TierNames.ExitParameter] = 3L,
            ["number"] = 0.5,
            ["truth"] = true,
        },
        outputs);
}
