using System.Numerics.Tensors;
using Dimec.Bundles;

namespace Dimec.Inference;

/// <summary>
/// What a batch must be. Checked before native code sees it: there a wrong id is an out-of-range error without a row, or, in another
/// engine, a wrong answer.
/// </summary>
internal sealed class TierInputRules(int vocabulary, int maxLength, int tokenTypes, int maxBatchTokens)
{
    public void CheckShape(int batch, int length)
    {
        if (batch < 1)
            throw new InputException(TierNames.InputIds, $"has {batch} rows", "send at least one sample");
        if (length < 1 || length > maxLength)
            throw new InputException(TierNames.InputIds, $"has {length} tokens a row", $"send 1 to {maxLength} tokens");
        if ((long)batch * length > maxBatchTokens)
        {
            throw new InputException(
                TierNames.InputIds, $"is a batch of {batch} × {length} tokens, over the limit of {maxBatchTokens}", "send smaller batches");
        }
    }

    public void Check(ReadOnlySpan<long> ids, ReadOnlySpan<long> mask, ReadOnlySpan<long> types, bool usesTypes, int batch, int length)
    {
        CheckShape(batch, length);
        CheckValues(ids, mask, types, usesTypes, batch, length);
    }

    /// <summary>The values alone: what is cut into batches may have more tokens than one.</summary>
    public void CheckValues(
        ReadOnlySpan<long> ids, ReadOnlySpan<long> mask, ReadOnlySpan<long> types, bool usesTypes, int batch, int length)
    {
        CheckValues(TierNames.InputIds, ids, vocabulary, batch, length);
        CheckValues(TierNames.AttentionMask, mask, 2, batch, length);
        CheckRealTokens(mask, batch, length);
        if (usesTypes)
            CheckValues(TierNames.TokenTypeIds, types, tokenTypes, batch, length);
        else if (!types.IsEmpty)
            throw new InputException(TierNames.TokenTypeIds, "are given to a model that takes none", "leave them out");
    }

    /// <summary>Hidden states that a model goes on from, of whatever size of batch.</summary>
    /// <param name="states">The states, [batch, length, hidden].</param>
    /// <param name="mask">The mask, [batch, length].</param>
    /// <param name="hidden">Numbers a token.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="length">Tokens a row.</param>
    public static void CheckStates(ReadOnlySpan<float> states, ReadOnlySpan<long> mask, int hidden, int batch, int length)
    {
        CheckValues(TierNames.AttentionMask, mask, 2, batch, length);
        CheckRealTokens(mask, batch, length);
        if (states.Length != (long)batch * length * hidden)
        {
            throw new InputException(
                TierNames.HiddenStates, $"has {states.Length} values",
                $"send {batch} × {length} × {hidden} = {(long)batch * length * hidden}");
        }

        if (TensorPrimitives.IsFiniteAll(states))
            return;
        for (var i = 0; i < states.Length; i++)
        {
            if (!float.IsFinite(states[i]))
            {
                throw new InputException(
                    $"{TierNames.HiddenStates} row {i / hidden / length}, token {i / hidden % length}", $"has the number {states[i]}",
                    "send finite numbers");
            }
        }
    }

    private static void CheckRealTokens(ReadOnlySpan<long> mask, int batch, int length)
    {
        for (var row = 0; row < batch; row++)
        {
            if (!mask.Slice(row * length, length).Contains(1))
                throw new InputException($"{TierNames.AttentionMask} row {row}", "has no real token", "set at least one place to 1");
        }
    }

    private static void CheckValues(string name, ReadOnlySpan<long> values, int limit, int batch, int length)
    {
        if (values.Length != batch * length)
            throw new InputException(name, $"has {values.Length} values", $"send {batch} × {length} = {batch * length}");
        if (TensorPrimitives.Min(values) >= 0 && TensorPrimitives.Max(values) < limit)
            return;
        var place = values.IndexOfAnyExceptInRange(0, limit - 1);
        throw new InputException(
            $"{name} row {place / length}, token {place % length}", $"is {values[place]}", $"send values from 0 to {limit - 1}");
    }
}
