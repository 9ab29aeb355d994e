namespace Dimec.Exits.Ngrams;

/// <summary>
/// Stochastic gradient descent, a step a text, on a linear softmax over sparse features. Each row of weights has one AdaGrad sum, of all
/// its classes' squared gradients: as good here as a sum a weight, at half the time. The sums begin at 1, so that the first steps have
/// the gradient's own length.
/// </summary>
internal sealed class SoftmaxTraining
{
    /// <summary>How many texts are between two looks at whether to stop.</summary>
    private const int Stretch = 1024;

    private readonly FeatureLists _texts;
    private readonly NgramTargets _targets;
    private readonly int _epochs;
    private readonly double _rate;
    private readonly float[] _squares;
    private readonly NgramOrder _order;
    private readonly float[] _gradient;

    /// <param name="texts">Each text's rows.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="targets">What each text is to answer.</param>
    /// <param name="options">How to train.</param>
    /// <param name="rate">The learning rate, in the place of the options'.</param>
    public SoftmaxTraining(FeatureLists texts, int rows, NgramTargets targets, NgramOptions options, double rate)
    {
        (_texts, _targets, _epochs, _rate) = (texts, targets, options.Epochs, rate);
        Weights = new SoftmaxRows(rows, targets.Classes);
        _squares = new float[rows + 1];
        Array.Fill(_squares, 1);
        _order = new NgramOrder(texts.Count, options.Seed);
        _gradient = new float[Weights.Stride];
    }

    public SoftmaxRows Weights { get; }

    /// <summary>Trains all epochs.</summary>
    /// <param name="epochDone">Called after each.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public void Run(Action<NgramEpoch>? epochDone, CancellationToken cancellationToken)
    {
        var logits = new NgramLogits(_texts.Count, _targets.Classes);
        var (done, all) = (0L, (double)_epochs * _texts.Count);
        for (var epoch = 0; epoch < _epochs; epoch++)
        {
            var loss = 0.0;
            foreach (var text in _order.Next())
            {
                if (done % Stretch == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                var rate = _rate * (1 - (done++ / all));
                loss += Step(text, (float)rate, logits.Of(text));
            }

            epochDone?.Invoke(new NgramEpoch(epoch, _epochs, loss / _texts.Count, logits));
        }
    }

    /// <summary>One step: answers a text, and moves its features' rows and the bias.</summary>
    /// <returns>The cross-entropy of the text's target.</returns>
    private double Step(int text, float rate, Span<float> logits)
    {
        var rows = _texts[text];
        var scale = NgramFeatures.Value(rows.Length);
        Weights.Score(rows, scale, _gradient);
        _gradient.AsSpan(0, logits.Length).CopyTo(logits);
        var loss = _targets.ToGradient(text, _gradient.AsSpan(0, logits.Length));

        var square = 0f;
        foreach (var part in _gradient)
            square += part * part;
        Move(_squares.Length - 1, square, rate);
        square *= scale * scale;
        foreach (var row in rows)
            Move(row, square, rate * scale);
        return loss;
    }

    private void Move(int row, float square, float rate)
    {
        var sum = _squares[row] += square;
        Weights.Add(row, -rate / MathF.Sqrt(sum), _gradient);
    }
}
