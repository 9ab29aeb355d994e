using System.Globalization;
using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Backends;

namespace Dimec.Serving.Models;

/// <summary>
/// The rows of a request: token ids, or the hidden states after a layer, with their mask. They are checked here and not when they run:
/// whoever runs beside them must not fail for them.
/// </summary>
/// <param name="from">The layer whose hidden states they are; 0: they are token ids.</param>
/// <param name="backend">What computes.</param>
/// <param name="limits">How large a request may be.</param>
internal sealed class RowInputs(int from, ITierBackend backend, RequestLimits limits)
{
    private readonly TierDescription _tier = backend.Description;

    /// <summary>The inputs that a model has which goes on after a layer; after none, those of token ids.</summary>
    public static List<TensorMetadata> Describe(int from, TierDescription tier)
    {
        var whole = DataTypes.NameOf(DataType.Int64);
        List<TensorMetadata> inputs = [];
        if (from == 0)
            inputs.Add(new(TierNames.InputIds, whole, [-1, -1]));
        else
            inputs.Add(new(TierNames.HiddenStates, DataTypes.NameOf(DataType.Float32), [-1, -1, tier.Shape.HiddenSize]));
        inputs.Add(new(TierNames.AttentionMask, whole, [-1, -1]));
        if (from == 0 && tier.Shape.UsesTokenTypes)
            inputs.Add(new(TierNames.TokenTypeIds, whole, [-1, -1]));
        return inputs;
    }

    /// <summary>What is given beside hidden states of 8 bits alone, and so stands in no metadata.</summary>
    public static TensorMetadata Scales { get; } = new(TierNames.HiddenScales, DataTypes.NameOf(DataType.Float32), [-1, -1]);

    /// <summary>The rows, and the tokens of each.</summary>
    /// <exception cref="ProtocolException">They do not fit the model.</exception>
    /// <exception cref="InputException">A value is out of range.</exception>
    public (IReadOnlyList<TierRow> Rows, int Length) Read(InferRequest request, Inputs named)
    {
        var input = from == 0 ? Tokens(named) : States(request, named);
        backend.CheckValues(from, input);
        return ([.. Enumerable.Range(0, input.Batch).Select(row => Row(input, row))], input.Length);
    }

    private static TierRow Row(TierInput input, int row)
    {
        return new TierRow(Part(input.Mask)) { Ids = Part(input.Ids), Types = Part(input.Types), Hidden = Part(input.Hidden) };

        ReadOnlyMemory<T> Part<T>(Memory<T> values) => values.Slice(values.Length / input.Batch * row, values.Length / input.Batch);
    }

    private TierInput Tokens(Inputs named)
    {
        var ids = named.Require(TierNames.InputIds);
        if (ids.Shape.Length != 2)
            throw new ProtocolException($"'{TierNames.InputIds}' has the shape {TensorShape.Format(ids.Shape)}; give [rows, tokens]");
        Check(TierNames.InputIds, ids.Shape);
        return new TierInput((int)ids.Shape[0], (int)ids.Shape[1], Values(named.Require(TierNames.AttentionMask), ids))
        {
            Ids = ids.ToArray<long>(),
            Types = named.Find(TierNames.TokenTypeIds) is { } given ? Values(given, ids)
                : _tier.Shape.UsesTokenTypes ? new long[ids.Count]
                : default,
        };
    }

    private TierInput States(InferRequest request, Inputs named)
    {
        if (request.Parameters.TryGetValue(TierNames.LayerParameter, out var said) && said.String is { } layer
            && layer != from.ToString(CultureInfo.InvariantCulture))
        {
            throw new ProtocolException(
                $"the request brings the hidden states after layer '{layer}'; "
                + $"model '{request.Model}' goes on from those after layer {from}");
        }

        var states = named.Require(TierNames.HiddenStates);
        var values = HiddenStateCodec.Decode(states, named.Find(TierNames.HiddenScales), _tier.Shape.HiddenSize);
        Check(TierNames.HiddenStates, states.Shape);
        return new TierInput((int)states.Shape[0], (int)states.Shape[1], Values(named.Require(TierNames.AttentionMask), states))
        {
            Hidden = values,
        };
    }

    private void Check(string name, long[] shape)
    {
        limits.CheckRows(shape[0]);
        RequestLimits.CheckLength(name, shape[1], _tier.MaxLength);
    }

    private static long[] Values(Tensor tensor, Tensor like) => tensor.Shape.AsSpan().SequenceEqual(like.Shape.AsSpan(0, 2))
        ? tensor.ToArray<long>()
        : throw new ProtocolException(
            $"'{tensor.Name}' has the shape {TensorShape.Format(tensor.Shape)} where "
            + $"'{like.Name}' has {TensorShape.Format(like.Shape)}; "
            + (like.Shape.Length == 2 ? "make them equal" : "give it the same rows and tokens"));
}
