using Dimec.Bundles;
using Dimec.OpenInference;

namespace Dimec.Inference.Client;

/// <summary>Whether a model at an address is a bundle's, as far as what it says of itself and what it answers show.</summary>
internal static class ModelFit
{
    private const string Ids = "INT64";
    private const string Numbers = "FP32";

    /// <summary>What a model takes or gives that the bundle's of these layers does not; null: nothing.</summary>
    public static string? Problem(Bundle bundle, LayerStretch layers, ModelMetadata model)
    {
        var hidden = bundle.Manifest.Embeddings.Hidden;
        string[] expected = layers.From == 0 ? TierSession.InputNames(bundle.Manifest) : [TierNames.HiddenStates, TierNames.AttentionMask];
        if (!model.Inputs.Select(input => input.Name).ToHashSet().SetEquals(expected))
            return $"takes {Names(model.Inputs)} where this bundle's takes {string.Join(", ", expected)}";
        foreach (var input in model.Inputs)
        {
            var isStates = input.Name == TierNames.HiddenStates;
            if (Problem(input, isStates ? Numbers : Ids, isStates ? [-1, -1, hidden] : [-1, -1]) is { } wrong)
                return $"takes {wrong}";
        }

        if (model.Outputs.FirstOrDefault(output => output.Name == TierNames.Logits) is not { } logits)
            return $"gives {Names(model.Outputs)} where this bundle's gives {TierNames.Logits}";
        return Problem(logits, Numbers, [-1, bundle.Manifest.Labels.Count]) is { } other ? $"gives {other}" : null;
    }

    /// <summary>What a model calls the states that it gives; null: it gives none.</summary>
    public static string? StatesOf(Bundle bundle, ModelMetadata model) => model.Outputs
        .FirstOrDefault(output => output.Name is TierNames.HiddenStates or TierNames.NextHiddenStates
            && Problem(output, Numbers, [-1, -1, bundle.Manifest.Embeddings.Hidden]) is null)?.Name;

    /// <summary>Servers write a size that varies as −1 or 0, and some say nothing of a size that does not.</summary>
    private static string? Problem(TensorMetadata tensor, string datatype, long[] shape)
    {
        var fits = tensor.Datatype == datatype && tensor.Shape.Count == shape.Length
            && tensor.Shape.Zip(shape).All(size => size.First <= 0 || size.First == size.Second);
        return fits
            ? null
            : $"{tensor.Name} {tensor.Datatype} [{string.Join(',', tensor.Shape)}] where this bundle's has {datatype} "
                + $"[{string.Join(',', shape)}]";
    }

    private static string Names(IReadOnlyList<TensorMetadata> tensors) =>
        tensors.Count == 0 ? "nothing" : string.Join(", ", tensors.Select(tensor => tensor.Name));
}
