namespace Dimec.Checkpoints;

/// <summary>The non-linearity between a layer's two feed-forward matrices (<c>hidden_act</c> of <c>config.json</c>).</summary>
public enum Activation
{
    /// <summary><c>gelu</c>, <c>gelu_python</c>: x · Φ(x) with the exact error function.</summary>
    Gelu,

    /// <summary><c>gelu_new</c>, <c>gelu_pytorch_tanh</c>: the tanh approximation of GELU.</summary>
    GeluTanh,

    /// <summary><c>relu</c>: max(x, 0).</summary>
    Relu,
}
