using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Backends;

namespace Dimec.Serving.Models;

/// <summary>The texts of a request, for callers that bring no tokenizer.</summary>
internal static class TextInputs
{
    /// <summary>The inputs that a model of texts has.</summary>
    public static List<TensorMetadata> Describe(TierDescription tier)
    {
        List<TensorMetadata> inputs = [new(TierNames.Text, DataTypes.NameOf(DataType.Bytes), [-1, 1])];
        if (tier.HasPair)
            inputs.Add(new(TierNames.TextPair, DataTypes.NameOf(DataType.Bytes), [-1, 1]));
        return inputs;
    }

    /// <summary>The texts, and their pairs where the task has pairs; each made when it is asked for.</summary>
    /// <exception cref="ProtocolException">They are missing, too many, or of another shape.</exception>
    public static IEnumerable<(string Text, string? Pair)> Read(Inputs named, TierDescription tier, RequestLimits limits)
    {
        var textTensor = named.Require(TierNames.Text);
        var (texts, rows) = (Column(textTensor, limits), textTensor.Count);
        if (!tier.HasPair)
            return texts.Select(text => (text, (string?)null));
        var pairTensor = named.Require(TierNames.TextPair);
        var pairs = Column(pairTensor, limits);
        if (pairTensor.Count != rows)
        {
            throw new ProtocolException(
                $"'{TierNames.TextPair}' has {pairTensor.Count} rows where '{TierNames.Text}' has {rows}; make them equal");
        }

        return texts.Zip(pairs, (text, pair) => (text, (string?)pair));
    }

    private static IEnumerable<string> Column(Tensor tensor, RequestLimits limits)
    {
        if (tensor.Shape.Length is 0 or > 2 || (tensor.Shape.Length == 2 && tensor.Shape[1] != 1))
            throw new ProtocolException($"'{tensor.Name}' has the shape {TensorShape.Format(tensor.Shape)}; give [rows] or [rows, 1]");
        limits.CheckRows(tensor.Shape[0]);
        return tensor.Texts();
    }
}
