using System.Security.Cryptography;
using Dimec.Bundles;
using Dimec.Inference.Deployments;

namespace Dimec.Inference.Tests.Deployments;

/// <summary>Which revision is current, which are kept, and that nothing is ever there by half.</summary>
public sealed class DeploymentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Root => _folder.File("root");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_deployed_is_current_and_opens_as_the_folder()
    {
        var deployed = Deployment.Deploy(Made(1), Root);
        Assert.Equal(DeploymentRecord.NameOf(1, HashOf(1)), deployed.Record.Current);
        Assert.Equal(HashOf(1), Bundle.Open(Root).Hash);
        Assert.Equal(HashOf(1), Bundle.OpenLocal(Root).Hash);
        Deployment.Deploy(Made(2), Root);
        Assert.Equal(HashOf(2), Bundle.Open(Root).Hash);
        Assert.Equal(deployed.Current, Path.Combine(Root, Deployment.Find(Root)!.Record.Revisions[0]));
        Assert.Equal(Files(Made(2)), Files(Deployment.Find(Root)!.Current));
    }

    [Fact]
    public void A_rollback_goes_to_what_was_deployed_before_and_what_was_rolled_back_goes_with_the_next()
    {
        foreach (var revision in (int[])[1, 2, 3])
            Deployment.Deploy(Made(revision), Root);
        Assert.Equal([1, 2, 3], Revisions());
        Deployment.Rollback(Root);
        Assert.Equal(HashOf(2), Bundle.Open(Root).Hash);
        Assert.Equal([1, 2, 3], Revisions());
        Deployment.Deploy(Made(4), Root);
        Assert.Equal([1, 2, 4], Revisions());
        Deployment.Rollback(Root);
        Deployment.Rollback(Root);
        Assert.Equal(HashOf(1), Bundle.Open(Root).Hash);
        Assert.Contains("has nothing that was deployed before 1-", Refused(() => Deployment.Rollback(Root)), StringComparison.Ordinal);
        // Forward again, to what is here still.
        Deployment.Deploy(Made(2), Root);
        Assert.Equal([1, 2], Revisions());
    }

    [Fact]
    public void The_first_go_first_and_their_folders_with_them()
    {
        foreach (var revision in (int[])[1, 2, 3, 4])
            Deployment.Deploy(Made(revision), Root, new DeploymentOptions { Keep = 2 });
        Assert.Equal([3, 4], Revisions());
        Assert.Equal(2, Directory.GetDirectories(Root).Length);
    }

    [Fact]
    public void A_bundle_that_is_there_is_not_copied_again_unless_it_was_damaged()
    {
        var current = Deployment.Deploy(Made(1), Root).Current;
        var written = File.GetLastWriteTimeUtc(Path.Combine(current, "edge.onnx"));
        Deployment.Deploy(Made(1), Root);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(current, "edge.onnx")));
        File.AppendAllText(Path.Combine(current, "edge.onnx"), "more");
        Deployment.Deploy(Made(1), Root);
        Assert.Equal(Files(Made(1)), Files(current));
        Assert.Equal([1], Revisions());
    }

    [Fact]
    public void A_broken_bundle_is_refused_by_its_own_name_and_nothing_changes()
    {
        Deployment.Deploy(Made(1), Root);
        var before = Files(Root);
        var broken = Made(2);
        File.AppendAllText(Path.Combine(broken, "edge.onnx"), "more");
        Assert.StartsWith($"{Path.Combine(broken, "edge.onnx")}: has ", RefusedDeploy(broken), StringComparison.Ordinal);
        File.Delete(Path.Combine(broken, "edge.onnx"));
        Assert.Contains("edge.onnx: is missing", RefusedDeploy(broken), StringComparison.Ordinal);
        Assert.Equal(before, Files(Root));
        Assert.Single(Directory.GetDirectories(Root));
    }

    [Theory]
    [InlineData(1f, "another model's")]
    [InlineData(float.NaN, "golden")]
    public void Models_that_do_not_answer_their_golden_samples_are_refused(float off, string sentence)
    {
        var bundle = Made(1);
        var golden = GoldenSamples.Read(File.OpenRead(Path.Combine(bundle, "golden.jsonl")), "golden");
        using var changed = new MemoryStream();
        if (float.IsNaN(off))
            changed.Write("{\"text\":1}"u8);
        else
            GoldenSamples.Write([golden[0], golden[1] with { Logits = golden[1].Logits.ToDictionary(one => one.Key, Off) }], changed);
        TinyBundle.Replace(bundle, "golden.jsonl", changed.ToArray());
        Assert.Contains(sentence, RefusedDeploy(bundle), StringComparison.Ordinal);
        Assert.Null(Deployment.Find(Root));
        Assert.False(Directory.Exists(Root));

        float[] Off(KeyValuePair<int, float[]> one) => one.Key == 3 ? [one.Value[0] + off, .. one.Value[1..]] : one.Value;
    }

    [Fact]
    public void Another_bundle_of_a_revision_that_is_kept_is_refused()
    {
        Deployment.Deploy(Made(1), Root);
        var other = _folder.File("other");
        TinyBundle.Write(other, RandomCheckpoint.Create(seed: 9));
        Assert.Contains("has revision 1, and so has", RefusedDeploy(other), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_files_of_the_tiers_that_are_named_are_needed_and_copied()
    {
        var bundle = Made(1);
        File.Delete(Path.Combine(bundle, "cloud.onnx"));
        var current = Deployment.Deploy(bundle, Root, new DeploymentOptions { Tiers = ["edge"] }).Current;
        Assert.False(File.Exists(Path.Combine(current, "mobile.onnx")));
        Assert.True(File.Exists(Path.Combine(current, "edge.onnx")));
        Assert.Contains(
            "has no tier 'fog'", Refused(() => Deployment.Deploy(bundle, Root, new DeploymentOptions { Tiers = ["fog"] })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_of_another_tier_join_those_that_are_there_and_a_rollback_needs_no_more()
    {
        foreach (var revision in (int[])[1, 2])
        {
            var (edge, cloud) = (Made(revision), _folder.File($"cloud-{revision}"));
            Deployment.Deploy(edge, Root, new DeploymentOptions { Tiers = ["edge"] });
            // From a copy that has the other's files alone.
            Directory.CreateDirectory(cloud);
            foreach (var file in Directory.EnumerateFiles(edge).Where(file => Path.GetFileName(file) != "edge.onnx"))
                File.Copy(file, Path.Combine(cloud, Path.GetFileName(file)));
            var current = Deployment.Deploy(cloud, Root, new DeploymentOptions { Tiers = ["cloud"] }).Current;
            string[] models = ["mobile.onnx", "edge.onnx", "cloud.onnx"];
            Assert.Equal([false, true, true], models.Select(file => File.Exists(Path.Combine(current, file))));
        }

        Deployment.Rollback(Root);
        Assert.Equal(HashOf(1), Bundle.Open(Root, ["edge", "cloud"]).Hash);
    }

    [Fact]
    public void A_signature_that_was_made_since_comes_with_the_next_deployment()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_folder.File("trust.pem"), key.ExportSubjectPublicKeyInfoPem());
        Deployment.Deploy(Made(1), Root);
        using (var signing = BundleSigningKey.Read(_folder.File("key.pem")))
            signing.SignFolder(Made(1));
        Deployment.Deploy(Made(1), Root);
        Assert.Equal(HashOf(1), Bundle.Open(Root, trust: BundleTrust.Read(_folder.File("trust.pem"))).Hash);
    }

    [Fact]
    public void Who_trusts_a_key_takes_what_it_has_signed_and_nothing_else()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_folder.File("trust.pem"), key.ExportSubjectPublicKeyInfoPem());
        using var signing = BundleSigningKey.Read(_folder.File("key.pem"));
        var trust = BundleTrust.Read(_folder.File("trust.pem"));
        var options = new DeploymentOptions { Trust = trust };
        var (signed, unsigned) = (Made(1), Made(2));
        signing.SignFolder(signed);
        Deployment.Deploy(signed, Root, options);
        Assert.Equal(HashOf(1), Bundle.Open(Root, trust: trust).Hash);
        Assert.Equal(HashOf(1), Bundle.OpenLocal(Root, trust: trust).Hash);
        // Where nobody is trusted in particular a signed bundle is one as any other.
        Assert.Equal(HashOf(1), Bundle.Open(Root).Hash);
        Assert.Contains("is not signed", Refused(() => Deployment.Deploy(unsigned, Root, options)), StringComparison.Ordinal);
        // The manifest is what is signed, and it has the hashes of all files.
        TinyBundle.Rewrite(signed, manifest => manifest with { Revision = 7 });
        Assert.Contains("is no signature of this bundle.json", Refused(() => Bundle.Open(signed, trust: trust)), StringComparison.Ordinal);
        File.Delete(Path.Combine(Root, Deployment.Find(Root)!.Record.Current, "bundle.sig"));
        Assert.Contains("is not signed", Refused(() => Bundle.Open(Root, trust: trust)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rollback_to_what_was_damaged_is_refused_and_the_current_one_stays()
    {
        var first = Deployment.Deploy(Made(1), Root).Current;
        Deployment.Deploy(Made(2), Root);
        File.AppendAllText(Path.Combine(first, "plan.json"), " ");
        Assert.Contains("plan.json: has ", Refused(() => Deployment.Rollback(Root)), StringComparison.Ordinal);
        Assert.Equal(HashOf(2), Bundle.Open(Root).Hash);
    }

    [Fact]
    public void A_folder_of_something_else_is_left_alone()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "mine.txt"), "mine");
        Assert.Contains("holds mine.txt and no deployed.json", RefusedDeploy(Made(1)), StringComparison.Ordinal);
        Assert.Contains("has no deployed.json", Refused(() => Deployment.Rollback(Root)), StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName));
        Assert.Contains("is 1; give 2 to 100", Refused(() => Deployment.Deploy(
            Made(1), _folder.File("new"), new DeploymentOptions { Keep = 1 })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deployment_that_is_stopped_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Deployment.Deploy(Made(1), Root, null, stop.Token));
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public async Task Whoever_reads_while_another_deploys_gets_one_revision_or_the_other()
    {
        Deployment.Deploy(Made(1), Root);
        var (both, seen) = (new[] { HashOf(1), HashOf(2) }, new HashSet<string>());
        var done = false;
        var reader = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
                seen.Add(Bundle.Open(Root).Hash);
        });
        for (var i = 0; i < 10; i++)
        {
            Deployment.Deploy(Made(2), Root);
            Deployment.Rollback(Root);
        }

        Volatile.Write(ref done, true);
        await reader;
        Assert.Subset(both.ToHashSet(), seen);
    }

    /// <summary>A bundle whose revisions differ in their numbers alone.</summary>
    private string Made(int revision)
    {
        var folder = _folder.File($"bundle-{revision}");
        if (Directory.Exists(folder))
            return folder;
        TinyBundle.Write(folder);
        TinyBundle.Rewrite(folder, manifest => manifest with { Revision = revision });
        return folder;
    }

    private string HashOf(int revision) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Made(revision), "bundle.json"))));

    private int[] Revisions() =>
        [.. Deployment.Find(Root)!.Record.Revisions.Select(name =>
            int.Parse(name.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture))];

    private string RefusedDeploy(string bundle) => Refused(() => Deployment.Deploy(bundle, Root));

    private static string Refused(Action call) => Assert.Throws<InputException>(call).Message;

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != ".lock")
            .Select(path => $"{Path.GetRelativePath(folder, path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}")
            .Order(StringComparer.Ordinal)];
}
