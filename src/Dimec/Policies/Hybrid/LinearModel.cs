namespace Dimec.Policies.Hybrid;

/// <summary>b + Σ w_i · e_i.</summary>
/// <param name="Bias">b; finite.</param>
/// <param name="Weights">w, one for each number of e(x); finite.</param>
internal sealed record LinearModel(double Bias, IReadOnlyList<double> Weights)
{
    /// <summary>Its value.</summary>
    /// <param name="embedding">e(x).</param>
    public double Of(ReadOnlySpan<float> embedding)
    {
        var sum = Bias;
        for (var i = 0; i < embedding.Length; i++)
            sum += Weights[i] * embedding[i];
        return sum;
    }
}
