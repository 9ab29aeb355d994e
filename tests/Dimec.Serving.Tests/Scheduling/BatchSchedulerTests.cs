using System.Collections.Concurrent;
using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Serving.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace Dimec.Serving.Tests.Scheduling;

public class BatchSchedulerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_waits_for_any_more_gives_its_place_to_the_next_and_is_not_computed()
    {
        using var held = new HeldRuns { Options = Options(queueSize: 1) };
        var running = held.Run(new Caller(), [1]);
        await held.StartedAsync();
        using var gone = new CancellationTokenSource();
        var late = held.TryRun(new Caller(), [2], gone.Token)!;
        Assert.Null(held.TryRun(new Caller(), [2], Stop));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);

        var next = held.Run(new Caller(), [3]);
        held.LetGo();
        Assert.Equal([1f], await running);
        Assert.Equal([3f], await next);
        Assert.DoesNotContain(2, held.Order);
    }

    [Fact]
    public async Task What_waits_is_finished_when_the_queue_closes_and_nothing_new_is_taken()
    {
        var held = new HeldRuns();
        var first = held.Run(new Caller(), [1]);
        await held.StartedAsync();
        var waiting = Enumerable.Range(2, 3).Select(i => held.Run(new Caller(), [i])).ToArray();
        held.LetGo();
        held.Dispose();
        Assert.Equal([1f], await first);
        Assert.Equal([2f, 3f, 4f], (await Task.WhenAll(waiting)).SelectMany(answer => answer));
        Assert.Null(held.TryRun(new Caller(), [5], Stop));
    }

    [Fact]
    public async Task What_goes_on_is_taken_though_the_queue_is_full_and_comes_before_what_is_new()
    {
        using var held = new HeldRuns { Options = Options(queueSize: 1, maxRows: 1) };
        var running = held.Run(new Caller(), [1]);
        await held.StartedAsync();
        var waiting = held.Run(new Caller(), [2]);
        Assert.Null(held.TryRun(new Caller(), [3], Stop));
        var goesOn = held.TryRun(new Caller(), [4], Stop, goesOn: true);
        Assert.NotNull(goesOn);
        held.LetGo();
        await Task.WhenAll(running, waiting, goesOn);
        Assert.Equal([1, 4, 2], held.Order);
    }

    [Fact]
    public async Task Rows_of_like_length_run_together_whosever_they_are_and_each_caller_gets_its_own()
    {
        using var held = new HeldRuns();
        var running = held.Run(new Caller(), [1]);
        await held.StartedAsync();
        var waiting = new[] { 300, 10, 301, 12, 11 }.Select(length => held.Run(new Caller(), [length])).ToArray();
        held.LetGo();
        Assert.Equal([300f, 10f, 301f, 12f, 11f], (await Task.WhenAll(waiting)).SelectMany(answer => answer));
        await running;
        Assert.Equal(["1", "300,301", "10,11,12"], held.Runs);
    }

    [Fact]
    public async Task What_one_asks_for_at_once_is_cut_into_runs_and_others_come_between()
    {
        using var held = new HeldRuns { Options = Options(maxTokens: 404) };
        var greedy = new Caller();
        var running = held.Run(greedy, [.. Enumerable.Repeat(100, 12)]);
        await held.StartedAsync();
        var more = held.Run(greedy, [.. Enumerable.Repeat(101, 12)]);
        var modest = held.Run(new Caller(), [30]);
        held.LetGo();
        await Task.WhenAll(running, more);
        Assert.Equal([30f], await modest);
        Assert.Equal("30", held.Runs[1]);
        Assert.All(held.Runs.Except(["30"]), run => Assert.Equal(4, run.Split(',').Length));
    }

    [Fact]
    public async Task Who_has_asked_for_little_is_let_into_a_full_queue_in_place_of_who_has_asked_for_much()
    {
        using var held = new HeldRuns { Options = Options(queueSize: 2) };
        var greedy = new Caller();
        var running = held.Run(greedy, [100]);
        await held.StartedAsync();
        var (before, last) = (held.Run(greedy, [200]), held.Run(greedy, [300]));
        var modest = held.Run(new Caller(), [7]);
        await Assert.ThrowsAsync<PushedOutException>(() => last);
        Assert.Null(held.TryRun(greedy, [400], Stop));
        held.LetGo();
        Assert.Equal([7f], await modest);
        Assert.Equal([200f], await before);
        await running;
        Assert.Equal([100, 7, 200], held.Order);
    }

    /// <summary>A greedy caller pays for what it was given, not for what it was refused.</summary>
    [Fact]
    public async Task What_was_given_up_before_it_ran_is_not_charged()
    {
        using var held = new HeldRuns { Options = Options(maxRows: 1) };
        var (caller, other) = (new Caller(), new Caller());
        var running = held.Run(new Caller(), [100]);
        await held.StartedAsync();
        using var gone = new CancellationTokenSource();
        var given = held.TryRun(caller, [.. Enumerable.Repeat(500, 50)], gone.Token)!;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal(0, caller.Reach);
        var waiting = new[] { held.Run(other, [20]), held.Run(other, [21]), held.Run(caller, [22]) };
        held.LetGo();
        await Task.WhenAll(waiting);
        await running;
        Assert.Equal([100, 20, 22, 21], held.Order);
    }

    [Fact]
    public async Task A_run_that_throws_fails_those_alone_whose_rows_throw_and_the_instance_goes_on()
    {
        using var held = new HeldRuns { Throw = length => length == 13 };
        var running = held.Run(new Caller(), [1]);
        await held.StartedAsync();
        var bad = held.Run(new Caller(), [12, 13]);
        var good = new[] { 11, 12, 14 }.Select(length => held.Run(new Caller(), [length])).ToArray();
        held.LetGo();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => bad);
        Assert.Equal([11f, 12f, 14f], (await Task.WhenAll(good)).SelectMany(answer => answer));
        await running;
        Assert.Equal([7f], await held.Run(new Caller(), [7]));
    }

    [Fact]
    public async Task What_makes_no_rows_gives_its_place_back()
    {
        using var held = new HeldRuns { Options = Options(queueSize: 1) };
        var none = held.Scheduler.TrySchedule(
            held, new WorkItem(new Caller(), () => throw new InvalidTimeZoneException(), Stop) { Layers = HeldRuns.Layers });
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => none!);
        held.LetGo();
        Assert.Equal([7f], await held.Run(new Caller(), [7]));
    }

    [Fact]
    public async Task A_run_waits_for_others_as_long_as_it_may_and_no_longer_than_until_it_is_full()
    {
        var time = new FakeTimeProvider();
        using var held = new HeldRuns { Options = Options(maxRows: 2, delay: TimeSpan.FromMilliseconds(5)), Time = time };
        held.LetGo();
        var (first, second) = (held.Run(new Caller(), [10]), held.Run(new Caller(), [11]));
        await Task.WhenAll(first, second);
        Assert.Equal(["10,11"], held.Runs);

        var alone = held.Run(new Caller(), [20]);
        await Task.Delay(50, Stop);
        Assert.False(alone.IsCompleted);
        while (!alone.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Delay(1, Stop);
        }

        Assert.Equal([20f], await alone);
    }

    [Fact]
    public async Task It_says_how_long_what_waits_takes()
    {
        var time = new FakeTimeProvider();
        using var held = new HeldRuns { Options = Options(maxRows: 1), Time = time, OnRun = () => time.Advance(TimeSpan.FromSeconds(2)) };
        held.LetGo();
        Assert.Equal(TimeSpan.Zero, held.Scheduler.Backlog);
        await held.Run(new Caller(), [10]);
        held.Hold();
        var running = held.Run(new Caller(), [10]);
        await held.StartedAsync();
        var waiting = held.Run(new Caller(), [30, 20]);
        Assert.Equal(10, held.Scheduler.Backlog.TotalSeconds, 3);
        held.LetGo();
        await Task.WhenAll(running, waiting);
        Assert.Equal(TimeSpan.Zero, held.Scheduler.Backlog);
    }

    [Fact]
    public async Task Many_callers_that_come_and_go_get_their_own_results_and_no_run_is_beyond_its_limits()
    {
        var random = new Random(5);
        var limits = new BatchLimits(8, 256, 20_000);
        using var held = new HeldRuns { Options = new SchedulerOptions(3, 1000, limits) };
        held.LetGo();
        int[][] asked =
            [.. Enumerable.Range(0, 600).Select(_ => Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(1, 200)).ToArray())];
        Caller[] callers = [.. Enumerable.Range(0, 20).Select(_ => new Caller())];
        await Task.WhenAll(asked.Select((lengths, i) => Task.Run(async () =>
        {
            using var gone = new CancellationTokenSource();
            var result = held.TryRun(callers[i % callers.Length], lengths, gone.Token)!;
            if (i % 3 == 0)
                await gone.CancelAsync();
            try
            {
                Assert.Equal(lengths.Select(length => (float)length), await result);
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(0, i % 3);
            }
        })));
        foreach (var run in held.Runs.Select(run => run.Split(',').Select(int.Parse).ToArray()))
        {
            var longest = run.Max();
            Assert.True(run.Length == 1 || limits.Allow(run.Length, longest));
            Assert.True(run.Sum(length => longest - length) <= run.Length * BatchLimits.MaxPadding);
        }
    }

    private static SchedulerOptions Options(
        int queueSize = 100, int maxRows = 64, int maxTokens = 4096, TimeSpan delay = default)
        => new(1, queueSize, new BatchLimits(maxRows, maxTokens, 1 << 24)) { BatchDelay = delay };

    /// <summary>A scheduler whose runs wait until they are let go, and answer a row with its length.</summary>
    private sealed class HeldRuns : IRowsRunner, IDisposable
    {
        public static readonly LayerStretch Layers = new(0, 1);

        private readonly ManualResetEventSlim _gate = new();
        private readonly SemaphoreSlim _started = new(0);
        private readonly ConcurrentQueue<int[]> _runs = new();
        private readonly Lazy<BatchScheduler> _scheduler;

        public HeldRuns() => _scheduler = new Lazy<BatchScheduler>(() => new BatchScheduler(Options, Time));

        public SchedulerOptions Options { get; init; } = BatchSchedulerTests.Options();

        public TimeProvider Time { get; init; } = TimeProvider.System;

        public Func<int, bool> Throw { get; init; } = _ => false;

        public Action OnRun { get; init; } = () => { };

        public BatchScheduler Scheduler => _scheduler.Value;

        /// <summary>The lengths of all rows, as they were run.</summary>
        public int[] Order => [.. _runs.SelectMany(run => run)];

        /// <summary>The lengths of the rows of each run.</summary>
        public string[] Runs => [.. _runs.Select(run => string.Join(',', run))];

        public Task<IReadOnlyList<float>> Run(Caller caller, int[] lengths) => TryRun(caller, lengths, Stop)!;

        public Task<IReadOnlyList<float>>? TryRun(
            Caller caller, int[] lengths, CancellationToken cancellationToken, bool goesOn = false)
        {
            var item = new WorkItem(caller, () => [.. lengths.Select(length => new TierRow(new long[length]))], cancellationToken)
            {
                Layers = Layers,
                GoesOn = goesOn,
            };
            return Scheduler.TrySchedule(this, item) is { } result ? LogitsAsync(result) : null;
        }

        public async Task StartedAsync() => Assert.True(await _started.WaitAsync(TimeSpan.FromSeconds(30), Stop));

        public void LetGo() => _gate.Set();

        public void Hold()
        {
            _gate.Reset();
            while (_started.Wait(0, Stop))
            {
            }
        }

        public void Dispose()
        {
            _gate.Set();
            Scheduler.Dispose();
        }

        void IRowsRunner.Ran(LayerStretch layers, int rows, TimeSpan took)
        {
        }

        void IRowsRunner.Hold()
        {
        }

        void IRowsRunner.LetGo()
        {
        }

        private static async Task<IReadOnlyList<float>> LogitsAsync(Task<StretchResult> result) => (await result).Logits;

        StretchResult IRowsRunner.Run(LayerStretch layers, IReadOnlyList<TierRow> rows, bool hidden)
        {
            int[] lengths = [.. rows.Select(row => row.Length)];
            _runs.Enqueue(lengths);
            _started.Release();
            _gate.Wait(TimeSpan.FromSeconds(30), Stop);
            OnRun();
            return lengths.Any(Throw)
                ? throw new InvalidTimeZoneException()
                : new StretchResult([.. lengths.Select(length => (float)length)], null);
        }
    }
}
