using System.Diagnostics;
using Dimec.Inference;
using Dimec.Inference.Client;
using Microsoft.Extensions.Time.Testing;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>What is remembered of a tier, and when it is probed, by a clock of the test's own.</summary>
public sealed class TierCircuitTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private readonly FakeTimeProvider _time = new();
    private readonly TierCircuit _circuit;
    private Func<Task<TierFailure?>> _check = () => Task.FromResult<TierFailure?>(null);
    private int _checks;

    public TierCircuitTests() => _circuit = new TierCircuit((_, _) =>
    {
        Interlocked.Increment(ref _checks);
        return _check();
    }, _ => Failure("late"), s_interval, _time);

    private static CancellationToken Stop => ClientTests.Stop;

    public void Dispose() => _circuit.Dispose();

    [Fact]
    public async Task Who_asks_first_waits_for_the_check_and_the_others_for_the_same_one()
    {
        var answer = new TaskCompletionSource<TierFailure?>();
        _check = () => answer.Task;
        var waiting = Enumerable.Range(0, 5).Select(_ => EnterAsync()).ToArray();
        var late = _circuit.EnterAsync(TimeSpan.FromSeconds(1), Stop);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("late", (await late)?.Sentence);
        Assert.DoesNotContain(waiting, entered => entered.IsCompleted);
        answer.SetResult(null);
        Assert.All(await Task.WhenAll(waiting), Assert.Null);
        Assert.Equal(1, _checks);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task So_many_faults_in_a_row_make_an_outage(bool isCertain, int faults)
    {
        await UsableAsync();
        _check = () => Task.FromResult<TierFailure?>(Failure("down"));
        for (var i = 0; i < faults; i++)
        {
            Assert.Null(await EnterAsync());
            _circuit.Fail(_circuit.Times, isCertain ? TierFault.Outage : TierFault.Possible, Failure("first"));
        }

        Assert.NotNull(await EnterAsync());
    }

    [Fact]
    public async Task Faults_with_answers_between_them_or_of_single_calls_make_none()
    {
        await UsableAsync();
        _check = () => Task.FromResult<TierFailure?>(Failure("down"));
        for (var i = 0; i < 10; i++)
        {
            _circuit.Fail(_circuit.Times, TierFault.Possible, Failure("first"));
            _circuit.Fail(_circuit.Times, TierFault.Possible, Failure("first"));
            _circuit.Fail(_circuit.Times, TierFault.None, Failure("busy"));
            _circuit.Succeed();
        }

        // What was asked before the tier was found fit says nothing of it now.
        _circuit.Fail(_circuit.Times - 1, TierFault.Outage, Failure("old"));
        Assert.Null(await EnterAsync());
        Assert.Equal(1, _checks);
    }

    [Fact]
    public async Task A_doubt_is_looked_into_beside_and_takes_the_tier_out_where_it_is_right()
    {
        await UsableAsync();
        _circuit.Fail(_circuit.Times, TierFault.Doubt, Failure("short"));
        await ChecksAsync(2);
        Assert.Null(await EnterAsync());

        var answer = new TaskCompletionSource<TierFailure?>();
        _check = () => answer.Task;
        while (Volatile.Read(ref _checks) < 3)
        {
            _circuit.Fail(_circuit.Times, TierFault.Doubt, Failure("short"));
            await Task.Delay(1, Stop);
        }

        Assert.Null(await EnterAsync());
        answer.SetResult(Failure("hung"));
        await UntilAsync(async () => await EnterAsync() is not null);
    }

    [Fact]
    public async Task A_tier_that_is_out_is_probed_ever_more_rarely_down_to_the_interval()
    {
        await OutAsync(() => Task.FromResult<TierFailure?>(Failure("down")));
        var before = Volatile.Read(ref _checks);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(10); passed += TimeSpan.FromMilliseconds(50))
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(2, Stop);
        }

        // At 50, 150, 350, 750 ms, and then each half second.
        Assert.InRange(Volatile.Read(ref _checks) - before, 4, 4 + 19);
        Assert.Equal("down", (await EnterAsync())?.Sentence);
        _check = () => Task.FromResult<TierFailure?>(null);
        await UntilAsync(async () =>
        {
            _time.Advance(s_interval);
            return await EnterAsync() is null;
        });
    }

    [Fact]
    public async Task A_probe_that_went_into_the_void_is_not_waited_for()
    {
        var never = new TaskCompletionSource<TierFailure?>();
        await OutAsync(() => never.Task);
        var before = Volatile.Read(ref _checks);
        _check = () => Task.FromResult<TierFailure?>(null);
        await UntilAsync(async () =>
        {
            _time.Advance(s_interval);
            return await EnterAsync() is null;
        });
        Assert.True(Volatile.Read(ref _checks) > before);
        never.SetResult(Failure("too late to count"));
        Assert.Null(await EnterAsync());
    }

    [Fact]
    public async Task A_tier_that_nobody_wants_is_not_probed_on_and_the_next_who_wants_it_waits_for_it()
    {
        await OutAsync(() => Task.FromResult<TierFailure?>(Failure("down")));
        var quiet = 0;
        await UntilAsync(async () =>
        {
            var before = Volatile.Read(ref _checks);
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(20, Stop);
            quiet = Volatile.Read(ref _checks) == before ? quiet + 1 : 0;
            return quiet == 10;
        });
        _check = () => Task.FromResult<TierFailure?>(null);
        Assert.Null(await EnterAsync());
    }

    private static TierFailure Failure(string why) => new("edge", TierFailureReason.Unreachable, why);

    private Task<TierFailure?> EnterAsync() => _circuit.EnterAsync(Timeout.InfiniteTimeSpan, Stop);

    private async Task UsableAsync() => Assert.Null(await EnterAsync());

    private async Task OutAsync(Func<Task<TierFailure?>> check)
    {
        await UsableAsync();
        _check = check;
        _circuit.Fail(_circuit.Times, TierFault.Outage, Failure("down"));
        await ChecksAsync(2);
    }

    private Task ChecksAsync(int checks) => UntilAsync(() => Task.FromResult(Volatile.Read(ref _checks) >= checks));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "It has not come about.");
            await Task.Delay(1, Stop);
        }
    }
}
