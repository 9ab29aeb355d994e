using Dimec.Bundles;

namespace Dimec.Inference.Tests.Bundles;

public sealed class GoldenCheckTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _folder;

    public GoldenCheckTests()
    {
        _folder = _temporary.File("bundle");
        TinyBundle.Write(_folder);
    }

    public void Dispose() => _temporary.Dispose();

    /// <summary>A tier's runs may take fewer tokens than the golden samples have together.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(1024)]
    public void A_model_that_answers_as_exported_passes_whatever_its_runs_may_take(int maxTokens)
    {
        var bundle = Bundle.Open(_folder);
        using var model = TierModel.Load(bundle, "edge", new TierModelOptions { MaxBatchTokens = maxTokens });
        GoldenCheck.Require(bundle, model, maxTokens);
    }

    [Theory]
    [InlineData(0.02f)]
    [InlineData(float.NaN)]
    public void A_model_that_answers_otherwise_does_not(float off)
    {
        var bundle = Bundle.Open(_folder);
        var check = new GoldenCheck(bundle, bundle.Tier("edge"));
        using var model = TierModel.Load(bundle, "edge");
        var logits = model.Run(check.Texts);
        Assert.True(check.IsAlike(logits));
        logits[^1] += off;
        Assert.False(check.IsAlike(logits));
    }

    [Fact]
    public void A_bundle_without_golden_samples_passes()
    {
        TinyBundle.Rewrite(_folder, manifest => manifest with
        {
            Golden = null,
            Files = [.. manifest.Files.Where(file => file.Name != BundleManifest.GoldenFile)],
        });
        var bundle = Bundle.Open(_folder);
        using var model = TierModel.Load(bundle, "edge");
        GoldenCheck.Require(bundle, model, 1024);
    }
}
