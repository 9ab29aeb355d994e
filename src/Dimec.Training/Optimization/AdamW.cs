using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Dimec.Training.Model;
using TorchSharp;

namespace Dimec.Training.Optimization;

/// <summary>
/// AdamW over the flat buffer: one vectorised pass on all cores for what changes in every step, and for the word table exact late updates:
/// a row that no batch reads owes steps whose gradient is zero, and pays them, in order, before it is read again.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const int ChunkLength = 1 << 16;
    private readonly Parameters _parameters;
    private readonly AdamWOptions _options;
    private readonly LearningRateSchedule _schedule;
    private readonly ParameterRange _range;
    private readonly LateRows? _words;
    private readonly List<Chunk> _chunks = [];
    private readonly double[] _squares;

    /// <summary>Creates the optimizer of a piece of the parameters.</summary>
    public AdamW(Parameters parameters, AdamWOptions options, LearningRateSchedule schedule, ParameterRange range)
    {
        _parameters = parameters;
        _options = options;
        _schedule = schedule;
        _range = range;
        First = new NativeFloats(range.Length);
        Second = new NativeFloats(range.Length);
        _words = range.HasWords ? new LateRows(parameters, First, Second, options, schedule) : null;
        Leaves = [.. range.Dense.Select(slot => parameters[slot.Name])];
        for (var slot = 0; slot < range.Dense.Count; slot++)
        {
            var count = range.Dense[slot].Count;
            for (var start = 0; start < count; start += ChunkLength)
                _chunks.Add(new Chunk(slot, start, Math.Min(ChunkLength, count - start)));
        }

        _squares = new double[_chunks.Count];
    }

    /// <summary>The tensors whose gradients a step takes, in their order; the word table is none of them.</summary>
    public IReadOnlyList<torch.Tensor> Leaves { get; }

    /// <summary>The trained values; what else there is in the parameters stays as it is.</summary>
    public Memory<float> Values => _parameters.Values.Memory.Slice(_range.Start, _range.Length);

    /// <summary>First moments, laid out as the trained values.</summary>
    public NativeFloats First { get; }

    /// <summary>Second moments, laid out as the trained values.</summary>
    public NativeFloats Second { get; }

    /// <summary>Brings the rows that a batch will read up to date.</summary>
    /// <param name="tokens">Row numbers; repetitions do no harm.</param>
    /// <param name="step">The step that is about to run, from 0.</param>
    public void Prepare(ReadOnlySpan<long> tokens, int step) => _words?.CatchUp(tokens, step);

    /// <summary>
    /// Brings every row up to date, so that the flat buffers are what plain AdamW would have after <paramref name="step"/> steps.
    /// </summary>
    public void Settle(int step) => _words?.CatchUpAll(step);

    /// <summary>Tells the optimizer that the buffers were loaded and are those after <paramref name="step"/> steps.</summary>
    public void Loaded(int step) => _words?.Loaded(step);

    /// <summary>The global L2 norm of all gradients.</summary>
    public double Norm(IReadOnlyList<torch.Tensor> gradients, WordGradient? words)
    {
        var pointers = Pointers(gradients);
        Parallel.For(0, _chunks.Count, index => _squares[index] = SumOfSquares(pointers, _chunks[index]));
        // In the order of the chunks, not of the threads.
        return Math.Sqrt(_squares.Sum() + (words is null ? 0 : Squares(words.Values)));
    }

    /// <summary>One step, numbered from 0, with all gradients multiplied by <paramref name="scale"/>.</summary>
    public void Update(IReadOnlyList<torch.Tensor> gradients, WordGradient? words, float scale, int step)
    {
        var pointers = Pointers(gradients);
        var values = Values;
        var plain = AdamWStep.Of(_options, _schedule, step, decays: false);
        var decaying = AdamWStep.Of(_options, _schedule, step, decays: true);
        Parallel.For(0, _chunks.Count, index =>
        {
            var chunk = _chunks[index];
            var slot = _range.Dense[chunk.Leaf];
            var start = slot.Offset - _range.Start + chunk.Start;
            AdamWKernel.Update(
                Gradient(pointers, chunk),
                scale,
                values.Span.Slice(start, chunk.Count),
                First.Slice(start, chunk.Count),
                Second.Slice(start, chunk.Count),
                slot.Decays ? decaying : plain);
        });
        if (words is not null)
            _words!.Update(words, scale, step, decaying);
    }

    public void Dispose()
    {
        First.Free();
        Second.Free();
    }

    private static unsafe nint[] Pointers(IReadOnlyList<torch.Tensor> gradients)
    {
        var pointers = new nint[gradients.Count];
        for (var i = 0; i < pointers.Length; i++)
            pointers[i] = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(gradients[i].bytes));
        return pointers;
    }

    private static unsafe ReadOnlySpan<float> Gradient(nint[] pointers, Chunk chunk) =>
        new((float*)pointers[chunk.Leaf] + chunk.Start, chunk.Count);

    private static double SumOfSquares(nint[] pointers, Chunk chunk) => Squares(Gradient(pointers, chunk));

    /// <summary>Short fp32 sums, added up in fp64.</summary>
    private static double Squares(ReadOnlySpan<float> values)
    {
        const int Piece = 1024;
        var sum = 0.0;
        for (; values.Length > Piece; values = values[Piece..])
            sum += TensorPrimitives.SumOfSquares(values[..Piece]);
        return sum + TensorPrimitives.SumOfSquares(values);
    }

    private readonly record struct Chunk(int Leaf, int Start, int Count);
}
