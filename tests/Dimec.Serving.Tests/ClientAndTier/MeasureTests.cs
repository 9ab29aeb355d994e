using Dimec.Costs.Measured;
using Dimec.Inference;
using Dimec.Inference.Measuring;
using Dimec.Policies.Resuming;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>Real tiers measured over real sockets: what is counted is what a relay between the two counts.</summary>
public class MeasureTests
{
    private static readonly MeasureOptions s_short = new() { Rows = [1, 3], Budget = TimeSpan.FromSeconds(1), MaxRounds = 2 };

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task The_bytes_are_those_that_a_relay_counts(string transport)
    {
        using var test = new LadderBundle();
        await using var edge = await StartAsync(test.Folder, "edge");
        await using var relay = new CountingRelay(Url(transport, edge));
        TextInput[] texts = [.. test.Texts.Select(text => new TextInput(text))];
        using var probe = new RemoteProbe(
            test.Bundle, place: 1, relay.Address, new SampleRows(test.Bundle, texts), texts, s_short, TimeProvider.System);
        var (sent, received) = (0L, 0L);
        // The first call has the connection to make; a window's update may come after an answer.
        for (var call = 0; call < 3; call++)
            Add(await probe.RunAsync(probe.Stretches[0], tokens: 9, rows: 2, Stop));
        foreach (var kind in Enum.GetValues<PayloadKind>())
        {
            var reading = await probe.BringAsync(kind, tokens: 9, rows: 2, Stop);
            Assert.True(reading.IsRefused);
            Add(reading);
        }

        // Over gRPC what is not of a call, settings and windows, is not in its bytes.
        Assert.InRange(sent, relay.Sent * 0.9, relay.Sent);
        Assert.InRange(received, relay.Received * 0.9, relay.Received);

        void Add(ProbeReading reading) => (sent, received) = (sent + reading.Sent, received + reading.Received);
    }

    [Theory]
    [InlineData("grpc", HiddenStateFormat.Fp32)]
    [InlineData("http", HiddenStateFormat.Int8)]
    public async Task A_measurement_has_every_tier_length_batch_and_payload(string transport, HiddenStateFormat format)
    {
        using var test = new LadderBundle("forwarded", format);
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", Url(transport, cloud)));
        var measurement = await BundleMeasurer.MeasureAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = Url(transport, edge), ["cloud"] = Url(transport, cloud) },
            s_short with { Texts = [.. test.Texts.Select(text => new TextInput(text))] }, cancellationToken: Stop);

        Assert.Equal(["mobile", "edge", "cloud"], measurement.Tiers.Select(tier => tier.Name));
        Assert.Equal([1, 3], measurement.Rows);
        Assert.Equal(3, measurement.Buckets.Count);
        Assert.Equal(ChoiceNames.Of(format), ChoiceNames.Of(measurement.HiddenStates));
        Assert.NotNull(measurement.ExitZero);
        Assert.Null(measurement.Tiers[0].Connect);
        foreach (var tier in measurement.Tiers.Skip(1))
        {
            Assert.True(tier.Connect?.Median > 0 && tier.RoundTrip?.Median > 0);
            Assert.Equal(5 * 2 * 3, tier.Payloads.Count);
            Assert.All(tier.Payloads, payload => Assert.NotNull(payload.Ms));
            long Sent(PayloadKind kind) => tier.Payloads.Single(payload =>
                (payload.Kind, payload.Rows, payload.Tokens) == (kind, 3, measurement.Buckets[^1].Tokens)).Sent;
            var numbers = 3 * measurement.Buckets[^1].Tokens * test.Bundle.Manifest.Embeddings.Hidden;
            // What the numbers weigh, and the same around them.
            Assert.InRange(Sent(PayloadKind.Fp32) - Sent(PayloadKind.Fp16), 2 * numbers - 16, 2 * numbers + 16);
            Assert.True(Sent(PayloadKind.Fp16) > Sent(PayloadKind.Int8));
            Assert.True(Sent(PayloadKind.Ids) < Sent(PayloadKind.Int8) || test.Bundle.Manifest.Embeddings.Hidden < 32);
        }

        // The file holds it, and every unit can be made of it.
        var written = TextFiles.Written(measurement.Write);
        var conversion = new CostConversion(Measurement.Read(TextFiles.Stream(written), "m.json"), "00");
        Assert.Equal(written, TextFiles.Written(Measurement.Read(TextFiles.Stream(written), "m.json").Write));
        Assert.True(conversion.Milliseconds().Cloud > 0);
        Assert.Equal(0, conversion.Bytes().Of(0));
    }

    [Fact]
    public async Task What_a_plan_sends_is_what_was_predicted_of_other_samples()
    {
        using var test = new LadderBundle("forwarded");
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        var urls = new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc, ["cloud"] = cloud.Addresses.Grpc };
        TextInput[] texts = [.. test.Texts.Select(text => new TextInput(text))];
        var measurement = await BundleMeasurer.MeasureAsync(
            test.Bundle, urls, s_short with { Texts = texts[..75] }, cancellationToken: Stop);
        var found = await MeasurementCheck.RunAsync(measurement, test.Bundle, urls, texts[75..], rows: 2, cancellationToken: Stop);
        Assert.Equal(["ms", "ms", "ms", "bytes", "bytes", "ms", "bytes"], found.Select(row => row.Unit));
        Assert.All(found.Where(row => row.Unit == "bytes"), row => Assert.InRange(row.Error, -0.1, 0.1));
        Assert.All(found, row => Assert.True(row.Observed > 0 && row.Predicted > 0));
    }

    [Fact]
    public async Task A_tier_that_knows_nobody_to_send_states_on_to_is_not_taken_for_the_plan()
    {
        using var test = new LadderBundle("forwarded");
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var sending = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        await using var alone = await StartAsync(test.Folder, "edge");
        TextInput[] texts = [.. test.Texts.Select(text => new TextInput(text))];
        Assert.Equal(0, await OtherwiseAsync(sending.Addresses.Grpc));
        Assert.InRange(await OtherwiseAsync(alone.Addresses.Grpc), 1, 150);

        async Task<int> OtherwiseAsync(Uri edge)
        {
            var urls = new Dictionary<string, Uri> { ["edge"] = edge, ["cloud"] = cloud.Addresses.Grpc };
            var measurement = await BundleMeasurer.MeasureAsync(
                test.Bundle, urls, s_short with { Texts = texts }, cancellationToken: Stop);
            return (await MeasurementCheck.RunAsync(measurement, test.Bundle, urls, texts, rows: 2, cancellationToken: Stop))
                .Max(row => row.Otherwise);
        }
    }

    [Fact]
    public async Task A_tier_that_is_not_there_or_has_no_address_is_named()
    {
        using var test = new TestBundle();
        await using var edge = await StartAsync(test.Folder, "edge");
        var wrong = await Assert.ThrowsAsync<InputException>(() => BundleMeasurer.MeasureAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc }, s_short, cancellationToken: Stop));
        Assert.Equal("tier cloud: has no address, and all tiers are measured", $"{wrong.Errors[0].Where}: {wrong.Errors[0].Problem}");
        var away = await Assert.ThrowsAsync<JobException>(() => BundleMeasurer.MeasureAsync(
            test.Bundle,
            new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc, ["cloud"] = new Uri("grpc://127.0.0.1:1") }, s_short,
            cancellationToken: Stop));
        Assert.Contains("Tier cloud at grpc://127.0.0.1:1 did not answer", away.Message);
    }
}
