namespace Dimec.Serving.Statistics;

/// <summary>
/// When a request came to where, from its arrival to its answer, in the stages that Triton counts. Whoever takes a request through a stage
/// says so; a stage that nobody reports took no time.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RequestTiming(TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private long? _making;
    private long? _queued;
    private long? _taken;
    private long? _ran;

    /// <summary>How many rows have an answer.</summary>
    public int Rows { get; private set; }

    /// <summary>How long it took, up to now.</summary>
    public TimeSpan Whole => time.GetElapsedTime(_began);

    /// <summary>How long it waited for a model.</summary>
    public TimeSpan Queue => Between(_queued, _taken);

    /// <summary>How long after its arrival it began to wait.</summary>
    public TimeSpan BeforeQueue => Between(_began, _queued);

    /// <summary>How long after its arrival the model ran.</summary>
    public TimeSpan BeforeInfer => Between(_began, _taken);

    /// <summary>How long its rows were made ready.</summary>
    public TimeSpan Input => Between(_making, _queued);

    /// <summary>How long the model ran.</summary>
    public TimeSpan Infer => Between(_taken, _ran);

    /// <summary>How long its answer was made, up to now.</summary>
    public TimeSpan Output => _ran is { } ran ? time.GetElapsedTime(ran) : TimeSpan.Zero;

    /// <summary>Its rows are made when they are asked for, and wait from then on.</summary>
    /// <param name="rows">Makes the rows.</param>
    /// <returns>The same, which tells when it is called and when it is done.</returns>
    public Func<T> Makes<T>(Func<T> rows) => () =>
    {
        _making = time.GetTimestamp();
        var made = rows();
        _queued = time.GetTimestamp();
        return made;
    };

    /// <summary>Its first row runs.</summary>
    public void Runs() => _taken = time.GetTimestamp();

    /// <summary>The model has run.</summary>
    /// <param name="rows">How many rows.</param>
    public void HasRun(int rows) => (_ran, Rows) = (time.GetTimestamp(), rows);

    private TimeSpan Between(long? start, long? end) =>
        start is { } from && end is { } to ? time.GetElapsedTime(from, to) : TimeSpan.Zero;
}
