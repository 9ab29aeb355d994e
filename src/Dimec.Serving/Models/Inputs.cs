using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Serving.Models;

/// <summary>A request's inputs by name, checked against what the model takes.</summary>
internal sealed class Inputs
{
    private readonly Dictionary<string, Tensor> _byName = new(StringComparer.Ordinal);
    private readonly string _model;

    /// <param name="model">The model.</param>
    /// <param name="tensors">What came.</param>
    /// <param name="optional">What the model takes beside what its metadata names.</param>
    /// <exception cref="ProtocolException">An input that the model does not take, one that comes twice, or one of another type.</exception>
    public Inputs(ModelMetadata model, IReadOnlyList<Tensor> tensors, params IReadOnlyList<TensorMetadata> optional)
    {
        _model = model.Name;
        foreach (var tensor in tensors)
        {
            var taken = model.Inputs!.FirstOrDefault(input => input.Name == tensor.Name)
                ?? optional.FirstOrDefault(input => input.Name == tensor.Name)
                ?? throw new ProtocolException(
                    $"model '{_model}' takes no input '{tensor.Name}'; "
                    + $"it takes {string.Join(", ", model.Inputs!.Select(input => input.Name))}");
            // Hidden states come in several types, which their codec knows.
            if (taken.Datatype != DataTypes.NameOf(tensor.Type) && tensor.Name != TierNames.HiddenStates)
            {
                throw new ProtocolException(
                    $"input '{tensor.Name}' has the datatype {DataTypes.NameOf(tensor.Type)}; model '{_model}' takes {taken.Datatype}");
            }

            if (!_byName.TryAdd(tensor.Name, tensor))
                throw new ProtocolException($"input '{tensor.Name}' comes twice");
        }
    }

    public Tensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <exception cref="ProtocolException">The input is missing.</exception>
    public Tensor Require(string name) => Find(name) ?? throw new ProtocolException($"model '{_model}' needs the input '{name}'");
}
