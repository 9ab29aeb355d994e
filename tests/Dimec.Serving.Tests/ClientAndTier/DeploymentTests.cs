using Dimec.Inference.Deployments;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Revisions;
using Grpc.Core;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A tier that follows a folder of deployments, while it is asked.</summary>
public sealed class DeploymentTests : IDisposable
{
    private static readonly string[] s_texts = ["a b c", "z", "q r s t u v w", "1 2 3 a b c d e f g h"];

    private readonly TemporaryFolder _folder = new();
    private readonly TestBundle _one = new(revision: 1, seed: 1);
    private readonly TestBundle _two = new(revision: 2, seed: 2);

    private string Root => _folder.File("root");

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Over_twenty_swaps_no_request_fails_and_each_answer_is_of_exactly_one_bundle()
    {
        Deployment.Deploy(_one.Folder, Root);
        await using var tier = await StartAsync();
        var expected = new[] { _one, _two }.ToDictionary(
            test => test.Bundle.Hash, test => s_texts.Select(text => TestBundle.LogitsOf(test.Bundle, "edge", text)).ToArray());
        using var end = new CancellationTokenSource();
        var answers = 0;
        var callers = new[] { "grpc", "http", "grpc", "http" }.Select((transport, caller) => Task.Run(async () =>
        {
            using var client = new OpenInferenceClient(Url(transport, tier));
            var random = new Random(caller);
            while (!end.IsCancellationRequested)
            {
                var own = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(s_texts.Length)).ToArray();
                var answer = await client.InferAsync(Request(own), Stop);
                Assert.True(answer.IsSuccess, answer.IsSuccess ? "" : answer.Failure.Message);
                var logits = answer.Value.Output("logits")!.ToArray<float>().Chunk(2).ToArray();
                var bundle = expected[answer.Value.Parameters["dimec_bundle"].String!];
                foreach (var (row, text) in own.Index())
                    Assert.Equal(bundle[text], logits[row], (one, other) => Math.Abs(one - other) < 1e-4);
                Interlocked.Increment(ref answers);
            }
        })).ToArray();
        Deployment.Deploy(_two.Folder, Root);
        for (var swap = 1; swap <= 20; swap++)
        {
            if (swap > 1 && swap % 2 == 0)
                Deployment.Rollback(Root);
            else if (swap > 1)
                Deployment.Deploy(_two.Folder, Root);
            await tier.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec" }, cancellationToken: Stop);
            var served = await tier.Grpc.ModelMetadataAsync(new() { Name = "dimec" }, cancellationToken: Stop);
            Assert.Equal(swap % 2 == 0 ? "1" : "2", Assert.Single(served.Versions));
            var before = Volatile.Read(ref answers);
            await SwapTests.UntilAsync(() => Volatile.Read(ref answers) >= before + 8 || callers.Any(caller => caller.IsCompleted));
        }

        await end.CancelAsync();
        await Task.WhenAll(callers);
    }

    [Fact]
    public async Task A_folder_of_deployments_is_followed_without_a_word()
    {
        Deployment.Deploy(_one.Folder, Root);
        await using var tier = await StartAsync(TimeSpan.FromMilliseconds(100));
        Deployment.Deploy(_two.Folder, Root);
        await SwapTests.UntilAsync(async () =>
            (await tier.Grpc.ModelMetadataAsync(new() { Name = "dimec" }, cancellationToken: Stop)).Versions[0] == "2");
        Deployment.Rollback(Root);
        await SwapTests.UntilAsync(async () =>
            (await tier.Grpc.ModelMetadataAsync(new() { Name = "dimec" }, cancellationToken: Stop)).Versions[0] == "1");
    }

    /// <summary>What became of a revision's folder after it was checked shows when it is loaded.</summary>
    [Theory]
    [InlineData("edge.onnx", "was changed")]
    [InlineData("tokenizer.json", "was changed")]
    [InlineData("plan.json", "is missing")]
    public async Task A_bundle_that_was_damaged_where_it_lies_is_refused_and_the_old_goes_on(string file, string sentence)
    {
        Deployment.Deploy(_one.Folder, Root);
        await using var tier = await StartAsync();
        tier.Expected = entry => entry.Contains("refuses what is deployed", StringComparison.Ordinal);
        var path = Path.Combine(Deployment.Deploy(_two.Folder, Root).Current, file);
        if (sentence == "is missing")
            File.Delete(path);
        else
            Damage(path);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await tier.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec" }, cancellationToken: Stop));

        Assert.Contains(sentence, refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("1", (await tier.Grpc.ModelMetadataAsync(new() { Name = "dimec" }, cancellationToken: Stop)).Versions[0]);
        var entry = Assert.Single(tier.Log);
        Assert.Contains(sentence, entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_replaced_in_its_own_folder_is_loaded_by_who_says_so()
    {
        var bundle = _folder.File("bundle");
        Copy(_one.Folder, bundle);
        await using var tier = await StartAsync(bundle: bundle);
        Directory.Delete(bundle, recursive: true);
        Copy(_two.Folder, bundle);
        await tier.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec" }, cancellationToken: Stop);
        Assert.Equal("2", (await tier.Grpc.ModelMetadataAsync(new() { Name = "dimec" }, cancellationToken: Stop)).Versions[0]);
    }

    [Fact]
    public async Task A_tier_that_records_serves_the_bundle_that_it_began_with()
    {
        using var one = new LadderBundle(isShadow: true);
        using var two = new LadderBundle(isShadow: true, revision: 4);
        Deployment.Deploy(one.Folder, Root);
        await using var tier = await RunningTier.StartAsync(options =>
        {
            (options.Tier.Bundle, options.Tier.Tier, options.Tier.ReloadInterval) = (Root, "cloud", TimeSpan.Zero);
            options.Tier.Record = _folder.File("recorded.jsonl");
        });
        tier.Expected = entry => entry.Contains("refuses what is deployed", StringComparison.Ordinal);
        Deployment.Deploy(two.Folder, Root);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await tier.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec" }, cancellationToken: Stop));
        Assert.Contains("start the tier again with the other bundle and another file", refused.Status.Detail, StringComparison.Ordinal);
    }

    private Task<RunningTier> StartAsync(TimeSpan interval = default, string? bundle = null) => RunningTier.StartAsync(options =>
    {
        (options.Tier.Bundle, options.Tier.Tier, options.Tier.ReloadInterval) = (bundle ?? Root, "edge", interval);
        options.Tier.InstanceCount = 2;
    });

    private InferRequest Request(int[] texts)
    {
        // Both bundles have the same tokenizer.
        var rows = texts.Select(text => _one.Bundle.Tokenizer.Encode(s_texts[text], null, 32).Ids).ToArray();
        var length = rows.Max(row => row.Length);
        var ids = rows.SelectMany(row => Enumerable.Range(0, length).Select(i => i < row.Length ? (long)row[i] : 0)).ToArray();
        var mask = rows.SelectMany(row => Enumerable.Range(0, length).Select(i => i < row.Length ? 1L : 0)).ToArray();
        return new InferRequest(
            "dimec_edge",
            [Tensor.From<long>("input_ids", [rows.Length, length], ids), Tensor.From<long>("attention_mask", [rows.Length, length], mask)]);
    }

    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
