using System.Buffers;
using Dimec.Bundles;
using Microsoft.ML.OnnxRuntime;

namespace Dimec.Inference;

/// <summary>The model of a stretch of layers under ONNX Runtime.</summary>
/// <param name="session">The session, which is its own from here on.</param>
/// <param name="layers">The layers.</param>
/// <param name="classes">Logits a sample.</param>
/// <param name="hidden">Numbers a token of its hidden states.</param>
internal sealed class StretchSession(InferenceSession session, LayerStretch layers, int classes, int hidden) : IDisposable
{
    private static readonly string[] s_logits = [TierNames.Logits];

    private readonly string[] _both = [TierNames.Logits, StatesOf(layers)];

    public LayerStretch Layers => layers;

    /// <summary>
    /// Whether it gives the states that another may go on from; models of earlier bundles, and of the last layer, do not.
    /// </summary>
    public bool GivesHidden { get; } = session.OutputMetadata.ContainsKey(StatesOf(layers));

    /// <summary>What the model calls the states that it gives.</summary>
    public static string StatesOf(LayerStretch layers) => layers.From == 0 ? TierNames.HiddenStates : TierNames.NextHiddenStates;

    /// <summary>Runs a batch that has been checked.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="logits">Gets the logits, [batch, classes].</param>
    /// <param name="states">Gets the hidden states, [batch, length, hidden]; empty where they are not wanted.</param>
    /// <param name="shrink">Whether the working memory is given back.</param>
    public void Run(TierInput input, Span<float> logits, Span<float> states, bool shrink)
    {
        using var options = new RunOptions();
        if (shrink)
            options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        var values = new List<(string Name, OrtValue Value)>();
        var answers = ArrayPool<float>.Shared.Rent(logits.Length);
        var wanted = states.IsEmpty ? [] : ArrayPool<float>.Shared.Rent(states.Length);
        try
        {
            AddInputs(input, values);
            using var logitsValue = Value(answers.AsMemory(0, logits.Length), [input.Batch, classes]);
            using var statesValue = states.IsEmpty
                ? null
                : Value(wanted.AsMemory(0, states.Length), [input.Batch, input.Length, hidden]);
            session.Run(
                options, [.. values.Select(value => value.Name)], [.. values.Select(value => value.Value)],
                statesValue is null ? s_logits : _both, statesValue is null ? [logitsValue] : [logitsValue, statesValue]);
            answers.AsSpan(0, logits.Length).CopyTo(logits);
            wanted.AsSpan(0, states.Length).CopyTo(states);
        }
        finally
        {
            foreach (var (_, value) in values)
                value.Dispose();
            ArrayPool<float>.Shared.Return(answers);
            if (wanted.Length > 0)
                ArrayPool<float>.Shared.Return(wanted);
        }
    }

    public void Dispose() => session.Dispose();

    private void AddInputs(TierInput input, List<(string Name, OrtValue Value)> values)
    {
        long[] shape = [input.Batch, input.Length];
        if (layers.From == 0)
            values.Add((TierNames.InputIds, Value(input.Ids, shape)));
        else
            values.Add((TierNames.HiddenStates, Value(input.Hidden, [input.Batch, input.Length, hidden])));
        values.Add((TierNames.AttentionMask, Value(input.Mask, shape)));
        // Hidden states know of their types already.
        if (layers.From == 0 && !input.Types.IsEmpty)
            values.Add((TierNames.TokenTypeIds, Value(input.Types, shape)));
    }

    private static OrtValue Value<T>(Memory<T> values, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
}
