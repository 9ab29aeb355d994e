using Dimec.Inference.Deployments;

namespace Dimec.Inference.Tests.Bundles;

/// <summary>
/// Bundles as earlier exporters wrote them, each in a folder of <c>Made</c> that is named by the commit: they open, answer their golden
/// samples, and can be gone back to.
/// </summary>
public class EarlierBundleTests
{
    private static readonly string s_made = Path.Combine(Repository.Root, "tests", "Dimec.Inference.Tests", "Made");

    /// <summary>Of 1ce101e: each model holds its weights itself, no precision, no stretches, and a plan without a revision.</summary>
    public static TheoryData<string> Bundles =>
        [.. Directory.GetDirectories(s_made, "bundle-*").Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Bundles))]
    public void It_opens_and_answers_its_golden_samples(string name)
    {
        var bundle = Bundle.Open(Path.Combine(s_made, name));
        Assert.NotEmpty(bundle.ReadGolden());
        foreach (var tier in bundle.Manifest.Tiers)
        {
            using var model = TierModel.Load(bundle, tier.Name);
            GoldenCheck.Require(bundle, model, 1024);
        }

        using var embeddings = EmbeddingLayer.Open(bundle);
        Assert.Equal(bundle.Manifest.EmbeddingSize, embeddings.Size);
    }

    [Theory]
    [MemberData(nameof(Bundles))]
    public void It_is_deployed_and_rolled_back_to(string name)
    {
        using var folder = new TemporaryFolder();
        var (next, root) = (folder.File("next"), folder.File("root"));
        TinyBundle.Write(next);
        TinyBundle.Rewrite(next, manifest => manifest with { Revision = 1000 });
        var earlier = Bundle.Open(Path.Combine(s_made, name)).Hash;
        Deployment.Deploy(Path.Combine(s_made, name), root);
        Deployment.Deploy(next, root);
        Assert.NotEqual(earlier, Bundle.Open(root).Hash);
        Deployment.Rollback(root);
        Assert.Equal(earlier, Bundle.Open(root).Hash);
    }
}
