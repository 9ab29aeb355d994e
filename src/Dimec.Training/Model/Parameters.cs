using System.Runtime.InteropServices;
using Dimec.Checkpoints;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>
/// All trained values in one flat buffer that libtorch sees as tensors and the optimizer as memory.
/// The word table is no leaf of the gradient graph: a batch touches few of its rows, so they are gathered and updated one by one.
/// </summary>
internal sealed class Parameters : IDisposable
{
    private readonly Tensor _flat;
    private readonly Dictionary<string, Tensor> _tensors = [];

    public unsafe Parameters(ParameterLayout layout)
    {
        Layout = layout;
        using var scope = NewDisposeScope();
        _flat = zeros(layout.Length, ScalarType.Float32).DetachFromDisposeScope();
        fixed (byte* start = _flat.narrow(0, 0, 1).bytes)
            Values = new NativeFloats((float*)start, layout.Length);
        foreach (var slot in layout.Slots)
        {
            long[] shape = [.. slot.Shape.Select(dimension => (long)dimension)];
            var tensor = _flat.narrow(0, slot.Offset, slot.Count).view(shape).detach().DetachFromDisposeScope();
            _tensors.Add(slot.Name, slot == layout.Words ? tensor : tensor.requires_grad_(true));
        }
    }

    public ParameterLayout Layout { get; }

    /// <summary>The flat buffer; valid until this is disposed.</summary>
    public NativeFloats Values { get; }

    /// <summary>The word table [vocabulary, H], without gradient.</summary>
    public Tensor Words => _tensors[Layout.Words.Name];

    public Tensor this[string name] => _tensors[name];

    /// <summary>Copies in a checkpoint's tensors; slots whose sources the checkpoint lacks keep what they have.</summary>
    public void CopyFrom(IReadOnlyDictionary<string, WeightTensor> weights)
    {
        foreach (var slot in Layout.Slots)
        {
            var offset = slot.Offset;
            foreach (var source in slot.Sources)
            {
                if (!weights.TryGetValue(source, out var tensor))
                    continue;
                tensor.Values.CopyTo(Values.Slice(offset, tensor.Values.Length));
                offset += tensor.Values.Length;
            }
        }
    }

    /// <summary>Copies all values out under the checkpoint's names.</summary>
    public Dictionary<string, WeightTensor> ToWeights()
    {
        var weights = new Dictionary<string, WeightTensor>();
        foreach (var slot in Layout.Slots)
        {
            var count = slot.Count / slot.Sources.Count;
            int[] shape = [slot.Shape[0] / slot.Sources.Count, .. slot.Shape.AsSpan(1)];
            for (var part = 0; part < slot.Sources.Count; part++)
            {
                var name = slot.Sources[part];
                weights.Add(name, new WeightTensor(name, shape, Values.Slice(slot.Offset + (part * count), count).ToArray()));
            }
        }

        return weights;
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
        _flat.Dispose();
    }

    /// <summary>The memory of a contiguous fp32 tensor.</summary>
    public static Span<float> MemoryOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
