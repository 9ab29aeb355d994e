using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Tests.Scheduling;

public class FifoSchedulerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_waits_for_any_more_gives_its_place_to_the_next_and_is_not_computed()
    {
        using var gate = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        using var queue = Scheduler(instances: 1, queueSize: 1);
        var running = TryRun(queue, () => Hold(started, gate), Stop)!;
        started.Wait(Stop);
        using var gone = new CancellationTokenSource();
        var computed = false;
        var late = TryRun(queue, () => { computed = true; return 2; }, gone.Token)!;
        Assert.Null(TryRun(queue, () => 2, Stop));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);

        var next = TryRun(queue, () => 3, Stop);
        Assert.NotNull(next);
        gate.Set();
        Assert.Equal(1, await running);
        Assert.Equal(3, await next);
        Assert.False(computed);
    }

    [Fact]
    public async Task What_waits_is_finished_when_the_queue_closes_and_nothing_new_is_taken()
    {
        using var gate = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var queue = Scheduler(instances: 1, queueSize: 4);
        var first = TryRun(queue, () => Hold(started, gate), Stop)!;
        started.Wait(Stop);
        var waiting = Enumerable.Range(2, 3).Select(i => TryRun(queue, () => i, Stop)!).ToArray();
        gate.Set();
        queue.Dispose();
        Assert.Equal(1, await first);
        var finished = await Task.WhenAll(waiting);
        Assert.Equal([2, 3, 4], finished);
        Assert.Null(TryRun(queue, () => 5, Stop));
    }

    [Fact]
    public async Task What_goes_on_is_taken_though_the_queue_is_full_and_comes_before_what_is_new()
    {
        using var gate = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        using var queue = Scheduler(instances: 1, queueSize: 1);
        var running = TryRun(queue, () => Hold(started, gate), Stop)!;
        started.Wait(Stop);
        var order = new List<int>();
        var waiting = TryRun(queue, () => Note(2), Stop)!;
        Assert.Null(TryRun(queue, () => Note(3), Stop));
        var goesOn = TryRun(queue, () => Note(4), Stop, goesOn: true);
        Assert.NotNull(goesOn);
        gate.Set();
        await Task.WhenAll(running, waiting, goesOn);
        Assert.Equal([4, 2], order);

        int Note(int value)
        {
            order.Add(value);
            return value;
        }
    }

    [Fact]
    public async Task A_run_that_throws_is_its_callers_and_the_worker_goes_on()
    {
        using var queue = Scheduler(instances: 1, queueSize: 4);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => TryRun(queue, () => throw new InvalidTimeZoneException(), Stop)!);
        Assert.Equal(7, await TryRun(queue, () => 7, Stop)!);
    }

    [Fact]
    public async Task Many_callers_that_come_and_go_get_their_own_results()
    {
        using var queue = Scheduler(instances: 3, queueSize: 1000);
        var callers = Enumerable.Range(0, 600).Select(i => Task.Run(async () =>
        {
            using var gone = new CancellationTokenSource();
            var result = TryRun(queue, () => i, gone.Token)!;
            if (i % 3 == 0)
                await gone.CancelAsync();
            try
            {
                Assert.Equal(i, await result);
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(0, i % 3);
            }
        }));
        await Task.WhenAll(callers);
    }

    /// <summary>Answers an item with the first token of its first row.</summary>
    private static FifoScheduler Scheduler(int instances, int queueSize) =>
        new(instances, queueSize, item => new StretchResult([item.Rows[0].Ids.Span[0]], null), TimeProvider.System);

    /// <summary>Schedules an item of one row, which is worked out when the scheduler asks for it.</summary>
    private static Task<int>? TryRun(
        FifoScheduler scheduler, Func<int> work, CancellationToken cancellationToken, bool goesOn = false)
    {
        var item = new WorkItem(() => [new TierRow(new long[] { 1 }) { Ids = new long[] { work() } }], cancellationToken)
        {
            Layers = new LayerStretch(0, 1),
            GoesOn = goesOn,
        };
        return scheduler.TrySchedule(item) is { } result ? FirstAsync(result) : null;
    }

    private static async Task<int> FirstAsync(Task<StretchResult> result) => (int)(await result).Logits[0];

    private static int Hold(ManualResetEventSlim started, ManualResetEventSlim gate)
    {
        started.Set();

        // A failed assertion leaves the gate shut, and closing the queue waits for this run.
        gate.Wait(TimeSpan.FromSeconds(30), Stop);
        return 1;
    }
}
