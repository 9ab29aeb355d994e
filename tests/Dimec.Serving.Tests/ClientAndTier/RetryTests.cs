using Dimec.Bundles;
using Dimec.Inference;
using Dimec.OpenInference;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A call is made again where that can help, within its deadline, and only then.</summary>
public class RetryTests
{
    private static CancellationToken Stop => ClientTests.Stop;

    [Theory]
    [InlineData("grpc", LinkFault.None)]
    [InlineData("http", LinkFault.None)]
    [InlineData("grpc", LinkFault.CutOnce)]
    [InlineData("http", LinkFault.CutOnce)]
    public async Task A_connection_that_breaks_under_a_call_is_mended_within_it(string transport, LinkFault fault)
    {
        using var test = new TestBundle("edge");
        using var model = TierModel.Load(test.Bundle, "edge");
        FaultyLink? link = null;
        var breaks = 0;
        await using var tier = await LyingTier.StartAsync(test.Bundle, (request, context) =>
        {
            if (Interlocked.CompareExchange(ref breaks, 0, 1) == 1)
            {
                link!.Fault = fault;
                if (fault == LinkFault.None)
                    link.BreakOff();
            }

            return Task.FromResult(HostileTierTests.Honest(model, request));
        });
        await using var faulty = link = new FaultyLink(transport == "grpc" ? tier.Grpc : tier.Rest);
        await using var client = await HungTierTests.ConnectAsync(
            test, ClientTests.Patient, ("edge", link));
        Volatile.Write(ref breaks, 1);
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(("edge", false), (answer.Tier, answer.Fallback));
        Assert.Equal(0, breaks);
    }

    [Theory]
    [InlineData("grpc", "0", 1, 1, true)]
    [InlineData("http", "0", 1, 1, true)]
    [InlineData("grpc", "0", 2, 1, false)]
    [InlineData("http", "0", 2, 1, false)]
    [InlineData("grpc", "0", 1, 0, false)]
    [InlineData("grpc", null, 1, 1, false)]
    [InlineData("http", null, 1, 1, false)]
    [InlineData("grpc", "3600000", 1, 1, false)]
    [InlineData("http", "3600", 1, 1, false)]
    [InlineData("grpc", "-1", 1, 1, false)]
    public async Task Who_is_too_busy_is_asked_again_when_it_says(string transport, string? hint, int busy, int retries, bool answered)
    {
        using var test = new TestBundle("edge");
        using var model = TierModel.Load(test.Bundle, "edge");
        var left = 0;
        bool IsBusy() => Interlocked.Decrement(ref left) >= 0;
        await using var tier = await LyingTier.StartAsync(test.Bundle, (request, context) =>
        {
            if (transport == "grpc" && IsBusy())
            {
                throw new RpcException(
                    new Status(StatusCode.ResourceExhausted, "full"),
                    hint is null ? [] : new Metadata { { "grpc-retry-pushback-ms", hint } });
            }

            return Task.FromResult(HostileTierTests.Honest(model, request));
        }, context =>
        {
            if (transport == "grpc" || !context.Request.Path.Value!.EndsWith("/infer", StringComparison.Ordinal) || !IsBusy())
                return false;
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            if (hint is not null)
                context.Response.Headers.RetryAfter = hint;
            return true;
        });
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = transport == "grpc" ? tier.Grpc : tier.Rest },
            ClientTests.Patient with { MaxRetries = retries }, cancellationToken: Stop);
        Assert.Empty(client.Unreachable);

        Volatile.Write(ref left, busy);
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(answered ? "edge" : "mobile", answer.Tier);
        if (answered)
            Assert.Empty(answer.Failures);
        else
            Assert.Equal(TierFailureReason.Refused, answer.Failures[0].Reason);
        // Who is busy is no tier that is down: the next call is its own.
        Volatile.Write(ref left, 0);
        Assert.Equal("edge", (await client.ClassifyAsync("a b", Stop)).Tier);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, 2)]
    [InlineData(StatusCode.InvalidArgument, 1)]
    [InlineData(StatusCode.DeadlineExceeded, 1)]
    [InlineData(StatusCode.Internal, 1)]
    [InlineData(StatusCode.FailedPrecondition, 1)]
    [InlineData(StatusCode.Unauthenticated, 1)]
    public async Task What_would_fail_again_is_not_asked_again(StatusCode status, int asked)
    {
        using var test = new TestBundle("edge");
        var (fails, calls) = (false, 0);
        await using var tier = await LyingTier.StartAsync(test.Bundle, (request, context) =>
        {
            calls += request.Parameters.ContainsKey("dimec_probe") ? 0 : 1;
            return fails
                ? throw new RpcException(new Status(status, "no"))
                : Task.FromResult(LyingTier.Answer([request.Inputs[0].Shape[0], 2], new float[request.Inputs[0].Shape[0] * 2]) with
                {
                    Parameters = new Dictionary<string, ParameterValue> { ["dimec_bundle"] = test.Bundle.Hash },
                });
        }, name: TierNames.Server);
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = tier.Grpc }, ClientTests.Patient, cancellationToken: Stop);
        Assert.Empty(client.Unreachable);
        fails = true;
        Assert.True((await client.ClassifyAsync("a b", Stop)).Fallback);
        Assert.Equal(asked, calls);
    }

    [Fact]
    public async Task A_hedge_answers_for_a_request_that_is_lost_and_none_is_made_without_the_option()
    {
        using var test = new TestBundle("edge");
        using var model = TierModel.Load(test.Bundle, "edge");
        var (lost, calls) = (0, 0);
        await using var tier = await LyingTier.StartAsync(test.Bundle, async (request, context) =>
        {
            // The outage that the plain client finds is probed at once.
            if (!request.Parameters.ContainsKey(TierNames.ProbeParameter))
                Interlocked.Increment(ref calls);
            if (Interlocked.Exchange(ref lost, 0) == 1)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return HostileTierTests.Honest(model, request);
        }, name: TierNames.Server);
        var urls = new Dictionary<string, Uri> { ["edge"] = tier.Grpc };
        await using var hedging = await DimecClient.ConnectAsync(
            test.Bundle, urls, ClientTests.Patient with { HedgeAfter = TimeSpan.FromSeconds(0.5) }, cancellationToken: Stop);
        (lost, calls) = (1, 0);
        Assert.Equal(("edge", false), await TierAsync(hedging));
        Assert.Equal(2, calls);

        await using var plain = await DimecClient.ConnectAsync(
            test.Bundle, urls, new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(5) }, cancellationToken: Stop);
        (lost, calls) = (1, 0);
        Assert.Equal(("mobile", true), await TierAsync(plain));
        Assert.Equal(1, calls);

        async Task<(string, bool)> TierAsync(DimecClient client)
        {
            var answer = await client.ClassifyAsync("a b", Stop);
            return (answer.Tier, answer.Fallback);
        }
    }

    [Fact]
    public void Every_limit_of_faults_is_reported_at_once()
    {
        using var test = new TestBundle("edge", golden: false);
        var errors = new InputErrors();
        var options = new DimecClientOptions
        {
            Timeout = TimeSpan.FromDays(2),
            MaxRetries = 6,
            HedgeAfter = TimeSpan.Zero,
            ProbeInterval = TimeSpan.FromMilliseconds(1),
        };
        DimecClient.Check(test.Bundle, new Dictionary<string, Uri>(), options, errors);
        var wrong = Assert.Throws<InputException>(errors.ThrowIfAny);
        Assert.Equal(
            [
                "Timeout: is 2.00:00:00; give 1 ms to 24 hours.", "MaxRetries: is 6; give 0 to 5.",
                "HedgeAfter: is 00:00:00; give 1 ms to 1 hour.", "ProbeInterval: is 00:00:00.0010000; give 10 ms to 1 hour.",
            ],
            wrong.Errors.Select(error => error.ToString()));
    }
}
