using System.Net;
using Dimec.Serving.Backends;
using Dimec.Serving.Tests.Extensions;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dimec.Serving.Tests.Revisions;

/// <summary>
/// What a tier does when something else is deployed, with models whose answers say whose they are: each adds a number of its own.
/// </summary>
public class SwapTests
{
    private const string Load = "v2/repository/models/dimec/load";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_loaded_answers_from_then_on_and_what_was_before_answers_who_names_it_until_its_time_is_over()
    {
        var (old, next, time) = (Of(3), Of(4), new FakeTimeProvider());
        var source = new FakeSource(old);
        await using var tier = await StartAsync(source, time: time);
        Assert.Equal((3, 3), await AskAsync(tier, "v2/models/dimec_edge"));

        source.Next = next;
        await LoadAsync(tier);

        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge"));
        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge/versions/4"));
        Assert.Equal((3, 3), await AskAsync(tier, "v2/models/dimec_edge/versions/3"));
        Assert.Equal((3, 3), await AskAsync(tier, "v2/models/dimec_edge", HashOf(3)));
        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge", HashOf(4).ToUpperInvariant()));
        Assert.Equal(["4", "4", "3", "3"], await IndexAsync(tier, "version"));
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal((3, 3), await AskAsync(tier, "v2/models/dimec_edge/versions/3"));

        time.Advance(TimeSpan.FromMinutes(1));

        await UntilAsync(() => old.Disposed);
        Assert.Contains("serves version 4", await RefusedAsync(tier, "v2/models/dimec_edge/versions/3", null), StringComparison.Ordinal);
        Assert.Contains(
            $"serves the bundle {HashOf(4)}, the request was made for {HashOf(3)}",
            await RefusedAsync(tier, "v2/models/dimec_edge", HashOf(3)), StringComparison.Ordinal);
        Assert.Equal(["4", "4"], await IndexAsync(tier, "version"));
        Assert.False(next.Disposed);
    }

    [Fact]
    public async Task A_request_ends_on_the_models_on_which_it_began_and_they_go_with_the_last_of_them()
    {
        using var gate = new ManualResetEventSlim();
        var (old, next) = (Of(3), Of(4));
        old.OnRun = gate.Wait;
        var source = new FakeSource(old);
        await using var tier = await StartAsync(source, keep: TimeSpan.Zero, instances: 3);
        var first = AskAsync(tier, "v2/models/dimec_edge");
        await UntilAsync(() => old.Runs == 1);
        var second = AskAsync(tier, "v2/models/dimec_edge/versions/3");
        await UntilAsync(() => old.Runs == 2);

        source.Next = next;
        await LoadAsync(tier);
        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge"));
        Assert.False(old.Disposed);
        gate.Set();

        Assert.Equal(((3, 3), (3, 3)), (await first, await second));
        await UntilAsync(() => old.Disposed);
        Assert.False(next.Disposed);
    }

    [Fact]
    public async Task A_run_that_nobody_waits_for_any_more_keeps_its_models_until_it_ends()
    {
        using var gate = new ManualResetEventSlim();
        var (old, next) = (Of(3), Of(4));
        var isGone = false;
        old.OnRun = () =>
        {
            gate.Wait();
            isGone = old.Disposed;
        };
        var source = new FakeSource(old);
        await using var tier = await StartAsync(source, keep: TimeSpan.Zero, instances: 2);
        using (var gone = new CancellationTokenSource())
        {
            var request = tier.Http.PostAsync(
                new Uri("v2/models/dimec_edge/infer", UriKind.Relative), new StringContent(Body(null)), gone.Token);
            await UntilAsync(() => old.Runs == 1);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        }

        source.Next = next;
        await LoadAsync(tier);
        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge"));
        gate.Set();

        await UntilAsync(() => old.Disposed);
        Assert.False(isGone);
    }

    [Fact]
    public async Task Under_load_no_request_fails_and_each_answer_is_of_the_bundle_that_it_names()
    {
        var backends = Enumerable.Range(1, 21).Select(Of).ToArray();
        var source = new FakeSource(backends[0]);
        await using var tier = await StartAsync(source, instances: 2);
        using var end = new CancellationTokenSource();
        var answers = 0;
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var last = 0;
            while (!end.IsCancellationRequested)
            {
                var (revision, offset) = await AskAsync(tier, "v2/models/dimec_edge");
                Assert.Equal(revision, offset);
                Assert.True(revision >= last, $"revision {revision} answered after {last}");
                last = revision;
                Interlocked.Increment(ref answers);
            }
        })).ToArray();
        foreach (var backend in backends.Skip(1))
        {
            var before = Volatile.Read(ref answers);
            await UntilAsync(() => Volatile.Read(ref answers) >= before + 20 || callers.Any(caller => caller.IsCompleted));
            source.Next = backend;
            await LoadAsync(tier);
        }

        await end.CancelAsync();
        await Task.WhenAll(callers);
        await UntilAsync(() => backends[..^2].All(backend => backend.Disposed));
        Assert.Equal([false, false], backends[^2..].Select(backend => backend.Disposed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_cannot_be_loaded_is_refused_in_a_sentence_and_what_was_served_is_served_on(bool isKnown)
    {
        var source = new FakeSource(Of(3));
        await using var tier = await StartAsync(source);
        tier.Expected = entry => entry.Contains("refuses what is deployed and goes on as before", StringComparison.Ordinal);
        source.Next = Of(4);
        source.OnOpen = () => throw (isKnown
            ? new InputException("bundle", "is broken", "copy it again")
            : new InvalidTimeZoneException("secret"));

        var (status, body) = await tier.PostAsync(Load, "");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var sentence = isKnown ? "bundle: is broken; copy it again." : "The bundle cannot be loaded; the server's log says why.";
        Assert.Equal(sentence, RestCalls.Error(body));
        await RepositoryIndexTests.RefusedAsync(
            sentence, tier.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec" }, cancellationToken: Stop),
            StatusCode.FailedPrecondition);
        Assert.Equal((3, 3), await AskAsync(tier, "v2/models/dimec_edge"));
        Assert.Equal(["READY", "READY", "UNAVAILABLE"], await IndexAsync(tier, "state"));
        Assert.Equal(sentence, (await IndexAsync(tier, "reason"))[^1]);
        Assert.Equal(2, tier.Log.Count);

        // Mended in its place, it is loaded when somebody says so.
        source.OnOpen = () => { };
        await LoadAsync(tier);
        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge"));
        Assert.All(await IndexAsync(tier, "state"), state => Assert.Equal("READY", state));
    }

    [Fact]
    public async Task Another_bundle_of_a_revision_that_is_served_is_refused()
    {
        var source = new FakeSource(Of(3));
        await using var tier = await StartAsync(source);
        tier.Expected = entry => entry.Contains("refuses what is deployed", StringComparison.Ordinal);
        var other = Of(3, 'b');
        source.Next = other;
        var (status, body) = await tier.PostAsync(Load, "");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("has revision 3", RestCalls.Error(body), StringComparison.Ordinal);
        Assert.True(other.Disposed);
        Assert.Equal("3", (await IndexAsync(tier, "version"))[^1]);
        Assert.Equal((3, 3), await AskAsync(tier, "v2/models/dimec_edge"));
    }

    [Fact]
    public async Task A_tier_that_watches_serves_what_is_deployed_and_says_once_what_it_refuses()
    {
        var time = new FakeTimeProvider();
        var opened = 0;
        var source = new FakeSource(Of(3)) { IsWatched = true };
        await using var tier = await StartAsync(source, time: time);
        tier.Expected = entry => entry.Contains("bundle: is broken", StringComparison.Ordinal);

        source.OnOpen = () =>
        {
            opened++;
            throw new InputException("bundle", "is broken", "copy it again");
        };
        source.Next = Of(4);
        await TickAsync(() => opened > 0);
        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        source.OnOpen = () => opened++;
        source.Next = Of(5);
        await TickAsync(() => opened == 2);
        await UntilAsync(async () => await AskAsync(tier, "v2/models/dimec_edge") == (5, 5));
        Assert.Single(tier.Log);

        async Task TickAsync(Func<bool> seen) => await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(2));
            return seen();
        });
    }

    [Fact]
    public async Task What_is_rolled_back_to_while_it_is_kept_is_not_loaded_again()
    {
        var (old, next) = (Of(3), Of(4));
        var source = new FakeSource(old);
        await using var tier = await StartAsync(source);
        source.Next = next;
        await LoadAsync(tier);
        source.OnOpen = () => Assert.Fail("It is here.");
        source.Next = old;
        await LoadAsync(tier);
        Assert.Equal((3, 3), await AskAsync(tier, "v2/models/dimec_edge"));
        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge", HashOf(4)));
        Assert.Equal([false, false], [old.Disposed, next.Disposed]);
    }

    [Fact]
    public async Task What_is_kept_since_a_rollback_has_a_time_of_its_own_and_what_is_gone_is_loaded_anew()
    {
        var (old, next, time) = (Of(3), Of(4), new FakeTimeProvider());
        var source = new FakeSource(old);
        await using var tier = await StartAsync(source, time: time);
        source.Next = next;
        await LoadAsync(tier);
        time.Advance(TimeSpan.FromMinutes(4));
        source.Next = old;
        await LoadAsync(tier);
        // The time of the first swap would be over now.
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge", HashOf(4)));
        time.Advance(TimeSpan.FromMinutes(3));
        await UntilAsync(() => next.Disposed);

        var again = Of(4);
        source.Next = again;
        await LoadAsync(tier);
        Assert.Equal((4, 4), await AskAsync(tier, "v2/models/dimec_edge"));
        Assert.False(again.Disposed);
    }

    [Fact]
    public async Task A_stop_while_a_bundle_is_loaded_frees_it_and_what_is_served()
    {
        using var gate = new ManualResetEventSlim();
        var (old, next) = (Of(3), Of(4));
        var source = new FakeSource(old);
        var tier = await StartAsync(source);
        var loading = false;
        source.OnOpen = () =>
        {
            loading = true;
            gate.Wait();
        };
        source.Next = next;
        using (var gone = new CancellationTokenSource())
        {
            var load = tier.Http.PostAsync(new Uri(Load, UriKind.Relative), null, gone.Token);
            await UntilAsync(() => loading);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        }

        await tier.DisposeAsync();
        Assert.True(old.Disposed);
        gate.Set();
        await UntilAsync(() => next.Disposed);
    }

    [Fact]
    public async Task Statistics_count_on_in_the_version_that_is_served()
    {
        var source = new FakeSource(Of(3));
        await using var tier = await StartAsync(source);
        await AskAsync(tier, "v2/models/dimec_edge");
        source.Next = Of(4);
        await LoadAsync(tier);
        await AskAsync(tier, "v2/models/dimec_edge");
        var model = (await tier.GetAsync("v2/models/dimec_edge/stats")).Body.GetProperty("model_stats")[0];
        Assert.Equal(("4", 2), (model.GetProperty("version").GetString(), model.GetProperty("inference_count").GetInt32()));
    }

    internal static async Task UntilAsync(Func<Task<bool>> met)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await met())
            await Task.Delay(2, deadline.Token);
    }

    internal static Task UntilAsync(Func<bool> met) => UntilAsync(() => Task.FromResult(met()));

    private static string HashOf(int revision, char digit = 'a') => $"{new string(digit, 60)}{revision:0000}";

    private static FakeBackend Of(int revision) => Of(revision, 'a');

    private static FakeBackend Of(int revision, char digit)
    {
        var backend = new FakeBackend { Offset = revision };
        return new FakeBackend
        {
            Offset = revision,
            Description = backend.Description with { Revision = revision, Hash = HashOf(revision, digit) },
        };
    }

    private static Task<RunningTier> StartAsync(
        IBackendSource source, TimeSpan? keep = null, int instances = 1, TimeProvider? time = null) => RunningTier.StartAsync(
            options =>
            {
                (options.Tier.Bundle, options.Tier.Tier, options.Tier.InstanceCount) = ("none", "edge", instances);
                options.Tier.KeepOld = keep ?? options.Tier.KeepOld;
            },
            builder =>
            {
                builder.Services.AddSingleton(source);
                if (time is not null)
                    builder.Services.AddSingleton(time);
            });

    private static async Task LoadAsync(RunningTier tier)
    {
        using var answer = await tier.Http.PostAsync(new Uri(Load, UriKind.Relative), null, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static string Body(string? hash) => $$"""
        {"parameters":{{{(hash is null ? "" : $"\"dimec_bundle\":\"{hash}\"")}}},
         "inputs":[{"name":"input_ids","shape":[1,1],"datatype":"INT64","data":[100]},
                   {"name":"attention_mask","shape":[1,1],"datatype":"INT64","data":[1]}]}
        """;

    /// <summary>The revision that an answer names, and the one whose number it has.</summary>
    private static async Task<(int Revision, int Offset)> AskAsync(RunningTier tier, string model, string? hash = null)
    {
        var (status, body) = await tier.PostAsync($"{model}/infer", Body(hash));
        Assert.True(status == HttpStatusCode.OK, body.GetRawText());
        var version = body.GetProperty("model_version").GetString()!;
        var parameter = body.GetProperty("parameters").GetProperty("dimec_bundle").GetString()!;
        Assert.Equal(version, parameter[60..].TrimStart('0'));
        return (
            int.Parse(version, System.Globalization.CultureInfo.InvariantCulture),
            (int)Math.Round(body.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble() - 1));
    }

    private static async Task<string> RefusedAsync(RunningTier tier, string model, string? hash)
    {
        var (status, body) = await tier.PostAsync($"{model}/infer", Body(hash));
        Assert.NotEqual(HttpStatusCode.OK, status);
        return RestCalls.Error(body);
    }

    private static async Task<string[]> IndexAsync(RunningTier tier, string property) =>
    [
        .. (await tier.PostAsync("v2/repository/index", "")).Body
            .EnumerateArray()
            .Select(model => model.GetProperty(property).GetString()!),
    ];
}
