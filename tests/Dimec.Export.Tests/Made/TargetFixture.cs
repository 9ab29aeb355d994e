using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Export.Targets;

namespace Dimec.Export.Tests.Made;

/// <summary>
/// A bundle of three tiers and of one stretch of layers, from 1 to 2, that the edge goes on with; and what targets write of it.
/// </summary>
public sealed class TargetFixture : IDisposable
{
    private const string Stretch = "dimec_1_2.onnx";

    private readonly TemporaryFolder _folder = new();

    public TargetFixture()
    {
        Bundle = _folder.File("bundle");
        Checkpoint = RandomCheckpoint.Create();
        TinyBundle.Write(Bundle, Checkpoint);
        TinyBundle.Rewrite(Bundle, manifest => manifest with
        {
            Revision = 7,
            Stretches = [new BundleStretch(new LayerStretch(1, 2), Stretch, [], ["edge"])],
            Files = [.. manifest.Files, new BundleFile(Stretch, 0, new string('0', 64))],
        });
        TinyBundle.Replace(Bundle, Stretch, OnnxSession.Export(Checkpoint, new LayerStretch(1, 2)));
    }

    public string Bundle { get; }

    public Checkpoint Checkpoint { get; }

    /// <summary>Writes a target into a new folder.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="settings">What it is told; null: an image as the place of the bundle.</param>
    /// <param name="bundle">The bundle; null: this one.</param>
    /// <returns>The folder.</returns>
    public string Write(string target, TargetSettings? settings = null, string? bundle = null)
    {
        var folder = New();
        TargetWriter.Write(
            bundle ?? Bundle, TargetList.Default.Find(target, "target"), folder,
            settings ?? new TargetSettings { Storage = "oci://registry.example/dimec:7" }, TestContext.Current.CancellationToken);
        return folder;
    }

    /// <summary>A folder that is not there yet.</summary>
    public string New() => _folder.File($"{Guid.NewGuid():n}");

    public void Dispose() => _folder.Dispose();
}
