using Dimec.Inference;
using Dimec.Inference.Deployments;
using Dimec.Serving.Tests.Hosting;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A fleet on its way from one revision to the next: phones, edge and cloud change at different moments.</summary>
public class RolloutTests
{
    /// <summary>What a tier serves: the one, the next with the one before kept, or the next alone.</summary>
    public enum Stage
    {
        Old,
        Both,
        Next,
    }

    /// <summary>
    /// Where a tier has the phone's revision it answers, as the plan says offline; where it has not, another answers and says so. No answer
    /// is ever made of two revisions.
    /// </summary>
    [Theory]
    [InlineData("forwarded", "grpc")]
    [InlineData("carried", "http")]
    public async Task Every_mixture_of_versions_answers_each_phone_from_its_own_revision(string start, string transport)
    {
        using var old = new LadderBundle(start, revision: 3);
        using var next = new LadderBundle(start, revision: 4);
        using var folder = new TemporaryFolder();
        foreach (var cloudStage in Enum.GetValues<Stage>())
        {
            await using var cloud = await StageAsync(folder, old, next, "cloud", cloudStage, null);
            foreach (var edgeStage in Enum.GetValues<Stage>())
            {
                await using var edge = await StageAsync(folder, old, next, "edge", edgeStage, cloud.Addresses.Grpc);
                foreach (var (phone, without) in new[] { (old, Stage.Next), (next, Stage.Old) })
                {
                    var urls = new Dictionary<string, Uri> { ["edge"] = Url(transport, edge), ["cloud"] = Url(transport, cloud) };
                    await using var client = await DimecClient.ConnectAsync(
                        phone.Bundle, urls, Patient with { MaxBatchTokens = 128 }, cancellationToken: Stop);
                    var texts = phone.Texts.Take(40).Select(text => new TextInput(text)).ToArray();
                    var served = await client.ClassifyAsync(texts, Stop);
                    Check(phone, served, hasEdge: edgeStage != without, hasCloud: cloudStage != without, $"{cloudStage} {edgeStage}");
                }
            }
        }
    }

    private static void Check(LadderBundle phone, IReadOnlyList<Classification> served, bool hasEdge, bool hasCloud, string mixture)
    {
        var played = phone.Played;
        foreach (var (i, answer) in served.Index())
        {
            Assert.Null(answer.Error);
            var offline = answer.Exit == 0
                ? phone.Offline.ZeroLogits(i).ToArray()
                : phone.Offline.Logits(i, answer.Exit - 1).ToArray();
            Assert.Equal(offline, answer.Logits, (one, other) => Math.Abs(one - other) < 1e-3);
            // Exit 4 is the edge's; what the plan sends to the cloud alone does not need it.
            if (played.Tiers[i] == 0 || (hasEdge && (hasCloud || played.Tiers[i] == 1)))
            {
                Assert.False(answer.Fallback, $"{mixture}: {string.Join(" ", answer.Failures)}");
                Assert.Equal((played.Tiers[i], played.Labels[i]), (answer.TierIndex, answer.LabelIndex));
            }
            else
            {
                Assert.True(answer.Fallback, mixture);
                Assert.True(answer.TierIndex == 0 || (answer.TierIndex == 1 ? hasEdge : hasCloud), $"{mixture}: {answer.Tier}");
            }
        }
    }

    private static async Task<RunningTier> StageAsync(
        TemporaryFolder folder, LadderBundle old, LadderBundle next, string tier, Stage stage, Uri? cloud)
    {
        var root = folder.File($"{Guid.NewGuid():N}");
        var options = new DeploymentOptions { Tiers = [tier] };
        Deployment.Deploy((stage == Stage.Next ? next : old).Folder, root, options);
        var running = await RunningTier.StartAsync(options =>
        {
            (options.Tier.Bundle, options.Tier.Tier, options.Tier.ReloadInterval) = (root, tier, TimeSpan.Zero);
            if (cloud is not null)
                options.Tier.Forward["cloud"] = cloud;
        });
        if (stage == Stage.Both)
        {
            Deployment.Deploy(next.Folder, root, options);
            await running.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec" }, cancellationToken: Stop);
        }

        return running;
    }
}
