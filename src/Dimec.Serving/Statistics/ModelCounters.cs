using Dimec.OpenInference.Grpc.Messages;

namespace Dimec.Serving.Statistics;

/// <summary>What a model has done since the tier started. Any number of threads may use it.</summary>
/// <param name="name">The model's name.</param>
internal sealed class ModelCounters(string name)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, Total> _batches = [];
    private Total _success;
    private Total _fail;
    private Total _queue;
    private Total _input;
    private Total _infer;
    private Total _output;
    private long _rows;
    private long _executions;
    private long _last;

    /// <summary>A request was answered.</summary>
    /// <param name="timing">When it came to where.</param>
    /// <param name="now">The time, in milliseconds since 1970.</param>
    public void Succeed(RequestTiming timing, long now)
    {
        lock (_lock)
        {
            _success.Add(timing.Whole);
            _queue.Add(timing.Queue);
            _input.Add(timing.Input);
            _infer.Add(timing.Infer);
            _output.Add(timing.Output);
            _rows += timing.Rows;
            _last = now;
        }
    }

    /// <summary>A request has no answer.</summary>
    /// <param name="timing">When it came to where.</param>
    /// <param name="now">The time, in milliseconds since 1970.</param>
    public void Fail(RequestTiming timing, long now)
    {
        lock (_lock)
        {
            _fail.Add(timing.Whole);
            _last = now;
        }
    }

    /// <summary>The model was run.</summary>
    /// <param name="rows">How many rows the run had, of as many requests as they came with.</param>
    /// <param name="took">How long it took.</param>
    public void Execute(int rows, TimeSpan took)
    {
        lock (_lock)
        {
            _executions++;
            _batches.TryGetValue(rows, out var sum);
            sum.Add(took);
            _batches[rows] = sum;
        }
    }

    /// <summary>All of it, as it is now.</summary>
    /// <param name="version">The version in which it is served.</param>
    public ModelStatistics Report(string version)
    {
        lock (_lock)
        {
            return new ModelStatistics
            {
                Name = name,
                Version = version,
                LastInference = (ulong)_last,
                InferenceCount = (ulong)_rows,
                ExecutionCount = (ulong)_executions,
                InferenceStats = new InferStatistics
                {
                    Success = _success.Report(),
                    Fail = _fail.Report(),
                    Queue = _queue.Report(),
                    ComputeInput = _input.Report(),
                    ComputeInfer = _infer.Report(),
                    ComputeOutput = _output.Report(),
                    CacheHit = default(Total).Report(),
                    CacheMiss = default(Total).Report(),
                },
                BatchStats = { _batches.Select(batch => Report(batch.Key, batch.Value)) },
            };
        }
    }

    /// <summary>Rows are made and answers written a request, not a run.</summary>
    private static InferBatchStatistics Report(int rows, Total infer) => new()
    {
        BatchSize = (ulong)rows,
        ComputeInput = default(Total).Report(),
        ComputeInfer = infer.Report(),
        ComputeOutput = default(Total).Report(),
    };

    private struct Total
    {
        private long _count;
        private long _nanoseconds;

        public void Add(TimeSpan duration)
        {
            _count++;
            _nanoseconds += duration.Ticks * TimeSpan.NanosecondsPerTick;
        }

        public readonly StatisticDuration Report() => new() { Count = (ulong)_count, Ns = (ulong)_nanoseconds };
    }
}
