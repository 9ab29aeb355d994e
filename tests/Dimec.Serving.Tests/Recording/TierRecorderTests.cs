using System.Net;
using System.Text.Json;
using Dimec.Files;
using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Serving.Tests.ClientAndTier;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Dimec.Text;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.Recording;

/// <summary>What tiers and clients record behind their answers, on real sockets, against what the bundle's exits say offline.</summary>
public sealed class TierRecorderTests : IDisposable
{
    private const float Tolerance = 1e-3f;

    private readonly TemporaryFolder _folder = new();

    private string Record => _folder.File("served.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_cloud_records_what_every_exit_says_of_texts_under_their_callers_names()
    {
        using var test = new LadderBundle(isShadow: true);
        await using (var cloud = await CloudAsync(test))
        {
            foreach (var (i, text) in test.Texts.Index())
                await InferAsync(cloud, $"request-{i}", text);
        }

        var (served, offline) = (Read(), Offline(test));
        Assert.Equal(new ExportedExits(ModelPrecision.Fp32, test.Bundle.Hash, Processor.Kind), served.Exported);
        Assert.Equal([2, 4, 5], served.Exits);
        Assert.Equal(test.Texts.Select((_, i) => $"request-{i}"), served.Guids);
        Assert.All(served.Gold, gold => Assert.Equal(-1, gold));
        for (var i = 0; i < served.Count; i++)
            AssertSame(offline, i, served, i);
        // Names, numbers and the bundle; no key more, and so no text.
        Assert.All(
            File.ReadLines(Record),
            line => Assert.Equal(["guid", "gold", "logits", "exits"], JsonElement.Parse(line).EnumerateObject().Select(key => key.Name)));
    }

    [Fact]
    public async Task Samples_that_wait_together_are_all_recorded_however_few_tokens_a_run_may_have()
    {
        using var test = new LadderBundle(isShadow: true);
        // Room for two or three of the longest texts, and sixteen are taken from the queue at once.
        await using (var cloud = await RunningTier.StartAsync(options =>
        {
            Configure(options.Tier, test.Folder, "cloud");
            options.Tier.MaxTokens = 64;
        }))
        {
            await InferAsync(cloud, "all", [.. test.Texts.Take(100)]);
        }

        Assert.Equal(100, Read().Count);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_clients_samples_are_recorded_once_each_and_golden_samples_are_none(string transport)
    {
        using var test = new LadderBundle(isShadow: true);
        await using (var cloud = await CloudAsync(test))
        {
            await using var client = await DimecClient.ConnectAsync(
                test.Bundle, new Dictionary<string, Uri> { ["cloud"] = Url(transport, cloud) }, Patient, cancellationToken: Stop);
            var answers = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);
            Assert.All(answers, answer => Assert.Equal(("cloud", false), (answer.Tier, answer.Fallback)));
        }

        AssertSameSet(Offline(test), Read());
    }

    [Fact]
    public async Task A_request_that_is_sent_again_is_one_sample_and_a_name_for_another_text_is_another()
    {
        using var test = new LadderBundle(isShadow: true);
        await using (var cloud = await CloudAsync(test))
        {
            await InferAsync(cloud, "same", "a b c");
            await InferAsync(cloud, "same", "a b c");
            await InferAsync(cloud, "same", "x y");
            await InferAsync(cloud, "", "a b c");
            // A text for a name is no name, nor is what looks as one.
            await InferAsync(cloud, "secret", "secret");
            await InferAsync(cloud, "dear sir, please", "b");
            await InferAsync(cloud, "two", "a", "b");
        }

        var guids = Read().Guids;
        Assert.Equal(7, guids.Count);
        Assert.Equal("same", guids[0]);
        Assert.Equal(["two/0", "two/1"], guids.TakeLast(2));
        Assert.Equal(3, guids.Count(guid => guid.Length > 17 && guid[16] == '-'));
        Assert.DoesNotContain("secret", File.ReadAllText(Record), StringComparison.Ordinal);
        Assert.DoesNotContain("dear", File.ReadAllText(Record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tier_goes_on_after_a_cut_line_and_refuses_another_bundles_file()
    {
        using var test = new LadderBundle(isShadow: true);
        await using (var cloud = await CloudAsync(test))
            await InferAsync(cloud, "one", "a b c");
        File.AppendAllText(Record, "{\"guid\":\"two\",\"go");
        await using (var cloud = await CloudAsync(test))
        {
            cloud.Expected = entry => entry.Contains("ended within a line, 17 bytes", StringComparison.Ordinal);
            Assert.Single(cloud.Log);
            await InferAsync(cloud, "three", "a b c");
        }

        Assert.Equal(["one", "three"], Read().Guids);
        using var other = new LadderBundle(isShadow: true, precision: ModelPrecision.Int8);
        var wrong = await Assert.ThrowsAsync<InputException>(() => CloudAsync(other));
        Assert.Equal(
            $"{Record}: holds what the exits of the bundle {test.Bundle.Hash} say, and {other.Bundle.Hash} is recorded; "
            + "name a new file to record into.",
            wrong.Message);
    }

    [Fact]
    public async Task A_plan_that_answers_before_this_tier_is_asked_is_not_recorded_here()
    {
        using var ladder = new LadderBundle();
        var wrong = await Assert.ThrowsAsync<InputException>(() => CloudAsync(ladder));
        Assert.Contains(
            "the bundle's plan, 'ladder', does not ask cloud for every sample", Assert.Single(wrong.Errors).Problem,
            StringComparison.Ordinal);
        Assert.False(File.Exists(Record));

        // The tier of a plan of one tier is asked for everything.
        using var edge = new TestBundle("edge");
        await using (var tier = await RunningTier.StartAsync(options => Configure(options.Tier, edge.Folder, "edge")))
            await InferAsync(tier, "one", "a b c");
        Assert.Equal([1, 2, 3], Read().Exits);
    }

    [Fact]
    public async Task A_file_that_fails_ends_the_recording_and_not_the_serving()
    {
        using var test = new LadderBundle(isShadow: true);
        await using var cloud = await CloudAsync(test);
        cloud.Expected = entry => entry.Contains("Nothing is recorded into", StringComparison.Ordinal)
            || entry.Contains("not recorded were", StringComparison.Ordinal);
        await InferAsync(cloud, "one", "a b c");
        // Where it is to be halved stands something else.
        File.Delete(Record);
        Directory.CreateDirectory(Record);
        var rows = Enumerable.Repeat("a b c", 100).ToArray();
        for (var i = 0; cloud.Log.Count == 0; i++)
        {
            Assert.True(i < 1000, "The recording goes on.");
            await InferAsync(cloud, $"r{i}", rows);
        }

        await InferAsync(cloud, "after", "a b c");
        Assert.Contains(
            $" {Path.GetFileName(Record)}: is a folder, where a file is to be written", Assert.Single(cloud.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_records_its_own_exits_and_those_of_the_tiers_whatever_the_plan_asked()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        var urls = new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc, ["cloud"] = cloud.Addresses.Http };
        var client = await DimecClient.ConnectAsync(test.Bundle, urls, Patient with { Record = Record }, cancellationToken: Stop);
        var answers = await client.ClassifyAsync(
            [.. test.Texts.Select((text, i) => new TextInput(text, Guid: i % 2 == 0 ? $"id{i}" : null))], Stop);
        await client.DisposeAsync();

        Assert.True(answers.Select(answer => answer.Exit).Distinct().Count() > 3);
        Assert.Equal((test.Texts.Count, 0, 0, null), (client.Recording!.Recorded, client.Recording.Dropped + client.Recording.Failed,
            client.Recording.Halvings, client.Recording.Stopped));
        var served = Read();
        // Within the edge it cannot ask, its own it has.
        Assert.Equal([1, 2, 4, 5], served.Exits);
        AssertSameSet(Offline(test), served);
        Assert.Equal(
            test.Texts.Select((_, i) => $"id{i}").Where((_, i) => i % 2 == 0).Order(),
            served.Guids.Where(guid => guid.StartsWith("id", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task A_tier_that_is_down_costs_samples_and_no_answer()
    {
        using var test = new LadderBundle(isShadow: true);
        await using var cloud = await StartAsync(test.Folder, "cloud");
        var urls = new Dictionary<string, Uri>
        {
            ["edge"] = new($"grpc://127.0.0.1:{ClosedPorts.Take()}"),
            ["cloud"] = cloud.Addresses.Grpc,
        };
        var client = await DimecClient.ConnectAsync(test.Bundle, urls, Patient with { Record = Record }, cancellationToken: Stop);
        var answer = await client.ClassifyAsync("a b c", Stop);
        await client.DisposeAsync();
        Assert.Equal(("cloud", false), (answer.Tier, answer.Fallback));
        Assert.Equal((0, 1L), (client.Recording!.Recorded, client.Recording.Failed));
        Assert.Equal(0, new FileInfo(Record).Length);
    }

    [Fact]
    public async Task A_client_without_the_cloud_or_with_a_limit_out_of_range_is_told()
    {
        using var test = new LadderBundle();
        var wrong = await Assert.ThrowsAsync<InputException>(() => DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri>(), new DimecClientOptions { Record = " ", RecordLimit = 10 },
            cancellationToken: Stop));
        Assert.Equal(
            ["is empty", "is 10", "is given, and no address of cloud, with which every plan is compared"],
            wrong.Errors.Select(error => error.Problem));
    }

    private Task<RunningTier> CloudAsync(LadderBundle test) =>
        RunningTier.StartAsync(options => Configure(options.Tier, test.Folder, "cloud"));

    private void Configure(DimecTierOptions options, string bundle, string tier) =>
        (options.Bundle, options.Tier, options.Record, options.RecordLimit) = (bundle, tier, Record, 256);

    private static async Task InferAsync(RunningTier tier, string id, params string[] texts)
    {
        var (status, body) = await tier.PostAsync(
            "v2/models/dimec/infer",
            JsonSerializer.Serialize(new
            {
                id,
                inputs = new[] { new { name = "text", shape = new[] { texts.Length }, datatype = "BYTES", data = texts } },
            }));
        Assert.True(status == HttpStatusCode.OK, body.ToString());
    }

    private RecordedExits Read()
    {
        using var stream = InputFile.OpenRead(Record);
        return RecordedExits.Read(stream, PartNames.Calibration, Record);
    }

    private static RecordedExits Offline(LadderBundle test) => BundleExits.Record(
        test.Bundle,
        new Dataset("dev", [.. test.Texts.Select((text, i) => new Sample($"{i}", text, null, 0))], ["no", "yes"], false), Stop);

    private static void AssertSameSet(RecordedExits offline, RecordedExits served)
    {
        Assert.Equal(offline.Count, served.Count);
        var left = Enumerable.Range(0, served.Count).ToList();
        for (var i = 0; i < offline.Count; i++)
            Assert.True(left.Remove(left.First(place => IsSame(offline, i, served, place))));
    }

    private static void AssertSame(RecordedExits offline, int i, RecordedExits served, int place) =>
        Assert.True(IsSame(offline, i, served, place), $"Sample {i} was recorded otherwise than it is offline.");

    private static bool IsSame(RecordedExits offline, int i, RecordedExits served, int place) =>
        IsNear(offline.ZeroLogits(i), served.ZeroLogits(place))
        && served.Exits.Index().All(exit => IsNear(
            offline.Logits(i, offline.IndexOfExit(exit.Item)), served.Logits(place, exit.Index)));

    private static bool IsNear(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        for (var c = 0; c < one.Length; c++)
        {
            if (Math.Abs(one[c] - other[c]) > Tolerance)
                return false;
        }

        return one.Length == other.Length;
    }
}
