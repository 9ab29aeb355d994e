namespace Dimec.Exits.Ngrams;

/// <summary>Trains n-gram exits. The same samples, options and seed give the same weights, whatever else the machine does.</summary>
public static class NgramTrainer
{
    /// <summary>Trains an exit.</summary>
    /// <param name="samples">The training samples, at least one; all of them pairs, or none.</param>
    /// <param name="classes">How many classes there are, 2 … 4,096.</param>
    /// <param name="tokenizer">The lower-case hexadecimal SHA-256 of the tokenizer that the ids come from; its file names it.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <param name="epochDone">Called after each epoch, with the samples' logits in their order.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="InputException">Options are out of range; all of them are named.</exception>
    /// <exception cref="ArgumentException">Samples, classes or the hash are not as they are said to be.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped.</exception>
    public static NgramWeights Train(
        IReadOnlyList<NgramSample> samples, int classes, string tokenizer, NgramOptions? options = null,
        Action<NgramEpoch>? epochDone = null, CancellationToken cancellationToken = default)
    {
        options = Checked(options);
        var shape = Shape(samples, classes, tokenizer, options);
        var targets = new NgramTargets(samples, classes, options.LabelSmoothing);
        var rate = options.LearningRate ?? RateChoice.Of(samples, classes, options, cancellationToken);
        return Train(shape, Features(samples, shape, cancellationToken), targets, options, rate, epochDone, cancellationToken);
    }

    /// <summary>
    /// What an exit answers to the training samples where it has not seen them: they are cut into folds, and each fold is answered, as it
    /// would be served, by an exit that was trained on the others. Samples of the same tokens are in the same fold. Where the
    /// learning rate is to be chosen, it is once, for all folds.
    /// </summary>
    /// <param name="samples">The training samples, at least as many as folds; all of them pairs, or none.</param>
    /// <param name="classes">How many classes there are, 2 … 4,096.</param>
    /// <param name="folds">How many folds, 2 … 100.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <returns>Each sample's logits, in the samples' order.</returns>
    /// <exception cref="InputException">Options are out of range; all of them are named.</exception>
    /// <exception cref="ArgumentException">Samples, classes or folds are not as they are said to be.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped.</exception>
    public static NgramLogits CrossFit(
        IReadOnlyList<NgramSample> samples, int classes, int folds = 5, NgramOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options = Checked(options);
        var shape = Shape(samples, classes, new string('0', 2 * System.Security.Cryptography.SHA256.HashSizeInBytes), options);
        var fold = NgramFolds.Of(samples, folds, options.Seed);
        options = options with { LearningRate = options.LearningRate ?? RateChoice.Of(samples, classes, options, cancellationToken) };
        var logits = new NgramLogits(samples.Count, classes);
        for (var held = 0; held < folds; held++)
        {
            var trained = Train(
                [.. samples.Where((_, i) => fold[i] != held)], classes, shape.Tokenizer, options, null, cancellationToken).Quantize();
            for (var i = 0; i < samples.Count; i++)
            {
                if (fold[i] == held)
                    trained.Score(samples[i].Text, samples[i].Pair, logits.Of(i));
            }
        }

        return logits;
    }

    /// <summary>Trains on features that were found already.</summary>
    internal static NgramWeights Train(
        NgramShape shape, FeatureLists features, NgramTargets targets, NgramOptions options, double rate, Action<NgramEpoch>? epochDone,
        CancellationToken cancellationToken)
    {
        var words = new ulong[shape.Words];
        foreach (var bucket in features.Values)
            words[bucket >> 6] |= 1UL << (bucket & 63);
        var rows = new BucketRows(words);
        rows.Replace(features.Values);
        var counts = new int[rows.Count];
        foreach (var row in features.Values)
            counts[row]++;
        var training = new SoftmaxTraining(features, rows.Count, targets, options, rate);
        training.Run(epochDone, cancellationToken);
        return new NgramWeights(shape, rows, training.Weights, counts) { LearningRate = rate };
    }

    private static FeatureLists Features(IReadOnlyList<NgramSample> samples, NgramShape shape, CancellationToken cancellationToken)
    {
        var starts = new int[samples.Count + 1];
        var values = new List<int>();
        int[] room = [];
        for (var i = 0; i < samples.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (text, pair) = (samples[i].Text, samples[i].Pair ?? []);
            var size = NgramFeatures.Room(text.Length, pair.Length, shape.HasPair);
            if (room.Length < size)
                room = new int[2 * size];
            var zeros = room.AsSpan(0, size);
            zeros.Clear();
            values.AddRange((ReadOnlySpan<int>)NgramFeatures.Collect(text, pair, shape.HasPair, shape.TableBits, zeros));
            starts[i + 1] = values.Count;
        }

        return new FeatureLists(starts, values.ToArray());
    }

    private static NgramOptions Checked(NgramOptions? options)
    {
        options ??= new NgramOptions();
        var errors = new InputErrors();
        options.Validate(errors);
        errors.ThrowIfAny();
        return options;
    }

    private static NgramShape Shape(IReadOnlyList<NgramSample> samples, int classes, string tokenizer, NgramOptions options)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count, nameof(samples));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, NgramShape.MostClasses);
        if (tokenizer.Length != 64 || !tokenizer.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException("A SHA-256 is 64 lower-case hexadecimal digits.", nameof(tokenizer));
        var hasPair = samples[0].Pair is not null;
        if (samples.Any(sample => sample.Pair is not null != hasPair))
            throw new ArgumentException("Some samples are pairs and others are not.", nameof(samples));
        return new NgramShape(classes, hasPair, options.TableBits, tokenizer);
    }
}
