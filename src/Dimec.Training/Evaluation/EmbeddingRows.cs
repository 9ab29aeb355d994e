using System.Numerics.Tensors;
using Dimec.Predictions;
using Dimec.Training.Data;

namespace Dimec.Training.Evaluation;

/// <summary>
/// e(x) of samples, made of their tokens' embeddings (method, section 6). What the router of an app makes of the same tables must equal it.
/// </summary>
internal static class EmbeddingRows
{
    /// <summary>Fills in the rows of a batch's samples.</summary>
    /// <param name="kind">What e(x) is made of.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="tokens">Its tokens' embeddings [B·T, H]: sums for <see cref="EmbeddingKind.Sum"/>,
    /// outputs of the LayerNorm for the others.</param>
    /// <param name="destination">The rows of a whole part, filled with 0 so far.</param>
    /// <param name="size">The length of a row.</param>
    public static void Fill(EmbeddingKind kind, Batch batch, ReadOnlySpan<float> tokens, float[] destination, int size)
    {
        var hidden = tokens.Length / (batch.Count * batch.Length);
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var embedding = destination.AsSpan(batch.Samples[sample] * size, size);
            for (var token = 0; token < batch.Lengths[sample]; token++)
            {
                var row = tokens.Slice(((sample * batch.Length) + token) * hidden, hidden);
                if (kind == EmbeddingKind.TokenNorms)
                    embedding[token] = TensorPrimitives.Norm(row);
                else
                    TensorPrimitives.Add(embedding, row, embedding);
            }

            if (kind != EmbeddingKind.TokenNorms)
                TensorPrimitives.Divide(embedding, batch.Lengths[sample], embedding);
        }
    }
}
