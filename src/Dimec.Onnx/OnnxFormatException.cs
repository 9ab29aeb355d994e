namespace Dimec.Onnx;

/// <summary>What was given is no ONNX model, or one whose weights cannot be read.</summary>
public sealed class OnnxFormatException : Exception
{
    internal OnnxFormatException(string problem, string fix, string? tensor = null)
        : base($"{(tensor is null ? "The model" : $"The tensor {Shown(tensor)}")} {problem}; {fix}.")
    {
        Tensor = tensor;
        Problem = problem;
        Fix = fix;
    }

    /// <summary>The initializer at fault; null where it is the model as a whole.</summary>
    public string? Tensor { get; }

    /// <summary>What is wrong, as the rest of a sentence that begins with the file or the tensor.</summary>
    public string Problem { get; }

    /// <summary>What to do about it, as an imperative.</summary>
    public string Fix { get; }

    /// <summary>A name is anybody's text: it may be long, and hold what steers a terminal.</summary>
    private static string Shown(string tensor)
    {
        const int Most = 100;
        var shown = string.Concat(tensor.Take(Most).Select(letter =>
            char.IsLetterOrDigit(letter) || char.IsPunctuation(letter) ? letter : ' '));
        return tensor.Length > Most ? shown + "…" : shown;
    }
}
