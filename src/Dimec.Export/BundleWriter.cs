using Dimec.Bundles;
using Dimec.Export.Graphs;
using Dimec.Files;
using Dimec.Predictions;

namespace Dimec.Export;

/// <summary>
/// Writes a bundle: one ONNX model a tier and a stretch of layers, their weights, the tokenizer, the plan, golden answers, and
/// <c>bundle.json</c> that vouches for them.
/// </summary>
public static class BundleWriter
{
    /// <summary>Writes the folder as a whole; an earlier bundle is replaced only when the new one is complete.</summary>
    /// <param name="request">What goes into it.</param>
    /// <param name="folder">The folder to write: new, empty, or an earlier bundle with nothing else in it.</param>
    /// <param name="cancellationToken">Ends the work between two models; nothing is written then.</param>
    /// <returns>The manifest that was written.</returns>
    /// <exception cref="InputException">
    /// The parts do not fit each other, or the folder holds something else than a bundle; everything that is wrong is reported together and
    /// nothing is written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static BundleManifest Write(BundleRequest request, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(folder);
        var exits = BundleRequestRules.Check(request, folder);
        // A model whose task has no pairs, or whose tokens have no types, never sees a second type: it gets one input less.
        var tokenTypes = exits.HasPair && request.Checkpoint.Config.TypeVocabularySize > 1;
        BundleManifest? written = null;
        AtomicFolder.Write(folder, temporary =>
        {
            var models = WriteModels(request, tokenTypes, temporary, cancellationToken);
            var manifest = new BundleManifest
            {
                Revision = request.Revision,
                Labels = exits.Labels,
                MaxLength = exits.MaxLength,
                HasPair = exits.HasPair,
                UsesTokenTypes = tokenTypes,
                Precision = request.Precision,
                Golden = null,
                Ngram = request.Plan.Needs.ExitZero ? BundleManifest.NgramFile : null,
                Embeddings = models.Tables,
                Tiers = models.Tiers,
                Stretches = models.Stretches,
                Files = [],
            };
            WriteFile(temporary, manifest.Tokenizer, request.WriteTokenizer);
            WriteFile(temporary, manifest.Plan, request.Plan.Write);
            if (manifest.Ngram is { } ngram)
                WriteFile(temporary, ngram, request.WriteNgram!);
            if (request.Golden.Count > 0)
                manifest = WithGolden(manifest, request, temporary);
            written = manifest with { Files = Describe(temporary) };
            WriteFile(temporary, BundleManifest.FileName, written.Write);
            request.SigningKey?.SignFolder(temporary);
        }, last: BundleManifest.FileName);
        return written!;
    }

    /// <summary>Writes the golden answers: the trained model's, or those of the models as they have been written.</summary>
    private static BundleManifest WithGolden(BundleManifest manifest, BundleRequest request, string folder)
    {
        var (samples, processor) = (request.Golden, (ProcessorKind?)null);
        if (request.AsExported is { } ask)
        {
            var asFar = Path.Combine(folder, BundleManifest.FileName);
            WriteFile(folder, BundleManifest.FileName, (manifest with { Files = Describe(folder) }).Write);
            (samples, processor) = ask(folder, request.Golden);
            File.Delete(asFar);
        }

        WriteFile(folder, BundleManifest.GoldenFile, stream => GoldenSamples.Write(samples, stream));
        return manifest with { Golden = BundleManifest.GoldenFile, GoldenProcessor = processor };
    }

    /// <summary>Writes the models, whose weights are shared in files of layers.</summary>
    private static (BundleTier[] Tiers, BundleStretch[] Stretches, EmbeddingTables Tables) WriteModels(
        BundleRequest request, bool tokenTypes, string folder, CancellationToken cancellationToken)
    {
        var planned = request.Plan.Costs.Tiers;
        using var files = new LayerFiles([.. planned.Select(tier => tier.Depth)], name => Create(folder, name));
        BundleTier[] tiers = [.. planned.Select(tier =>
            new BundleTier(tier.Name, tier.Depth, tier.Depth, BundleManifest.ModelFile(tier.Name))
            {
                Weights = files.Of(new LayerStretch(0, tier.Depth)),
            })];
        BundleStretch[] stretches = [.. PlannedStretches.Of(request.Plan).Select(stretch => new BundleStretch(
            stretch.Layers, BundleManifest.ModelFile(stretch.Layers), files.Of(stretch.Layers), stretch.Tiers))];
        foreach (var tier in tiers)
            WriteModel(tier.Model, new LayerStretch(0, tier.Exit));
        foreach (var stretch in stretches)
            WriteModel(stretch.Model, stretch.Layers);
        return (tiers, stretches, EmbeddingTableLocator.Locate(
            files, request.Checkpoint.Config, request.Embedding, request.Precision));

        void WriteModel(string name, LayerStretch layers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var model = Create(folder, name);
            OnnxExporter.Export(request.Checkpoint, layers, tokenTypes, request.Precision, files, model);
        }
    }

    private static void WriteFile(string folder, string name, Action<Stream> write)
    {
        using var stream = Create(folder, name);
        write(stream);
    }

    private static FileStream Create(string folder, string name) =>
        new(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);

    /// <summary>Sizes and hashes as the files are on the disk, in the order of their names.</summary>
    private static BundleFile[] Describe(string folder) =>
        [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(path =>
        {
            using var stream = File.OpenRead(path);
            return new BundleFile(Path.GetFileName(path), stream.Length, FileHash.Of(stream));
        })];
}
