namespace Dimec.Exits.Bench;

/// <summary>AdamW over a few matrices.</summary>
/// <param name="values">What is trained.</param>
internal sealed class Adam(float[][] values)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;

    private readonly float[][] _first = [.. values.Select(value => new float[value.Length])];
    private readonly float[][] _second = [.. values.Select(value => new float[value.Length])];
    private int _steps;

    public float[][] Gradients { get; } = [.. values.Select(value => new float[value.Length])];

    public void Begin()
    {
        foreach (var gradient in Gradients)
            Array.Clear(gradient);
    }

    public void Step(double rate, float decay)
    {
        _steps++;
        var size = (float)(rate / (1 - Math.Pow(Beta1, _steps)));
        var root = (float)Math.Sqrt(1 - Math.Pow(Beta2, _steps));
        for (var v = 0; v < values.Length; v++)
        {
            var (value, first, second, gradient) = (values[v], _first[v], _second[v], Gradients[v]);
            for (var i = 0; i < value.Length; i++)
            {
                first[i] = (Beta1 * first[i]) + ((1 - Beta1) * gradient[i]);
                second[i] = (Beta2 * second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
                value[i] -= ((float)rate * decay * value[i]) + (size * first[i] / ((MathF.Sqrt(second[i]) / root) + 1e-8f));
            }
        }
    }
}
