using Dimec.Bundles;
using Dimec.Exits.Ngrams;
using Dimec.Planning;
using Dimec.Text;

namespace Dimec.Inference;

/// <summary>Whether the parts of a bundle, each sound in itself, belong together.</summary>
internal static class BundleFit
{
    private const string Again = "export the bundle again with the plan that was made for this model";

    /// <summary>
    /// A policy names tiers by their place, so the plan's must be the bundle's, one by one;
    /// and what it routes by must be what is computed here.
    /// </summary>
    public static void Check(BundleManifest manifest, Plan plan, string folder)
    {
        var planned = plan.Costs.Tiers.Select(tier => $"{tier.Name} (depth {tier.Depth})").ToArray();
        var exported = manifest.Tiers.Select(tier => $"{tier.Name} (depth {tier.Depth})").ToArray();
        if (!planned.SequenceEqual(exported))
        {
            throw new InputException(Path.Combine(folder, manifest.Plan),
                $"plans for {string.Join(", ", planned)} where {BundleManifest.FileName} has {string.Join(", ", exported)}", Again);
        }

        var path = Path.Combine(folder, manifest.Plan);
        CheckEmbedding(manifest, plan, path);
        CheckExits(manifest, plan, path);
    }

    /// <summary>The n-gram exit answers in the bundle's classes, to texts as its task has them.</summary>
    public static void Check(BundleManifest manifest, NgramModel? ngram, string folder)
    {
        if (ngram is null || (ngram.Classes, ngram.HasPair) == (manifest.Labels.Count, manifest.HasPair))
            return;
        throw new InputException(Path.Combine(folder, manifest.Ngram!),
            $"is for {ngram.Classes} classes of {Texts(ngram.HasPair)} where {BundleManifest.FileName} has {manifest.Labels.Count} "
            + $"of {Texts(manifest.HasPair)}", Again);
    }

    private static string Texts(bool pair) => pair ? "pairs of texts" : "texts";

    /// <summary>What the plan looks at must be there: exit 0, biases a class, a model of each stretch of layers on its tier.</summary>
    private static void CheckExits(BundleManifest manifest, Plan plan, string path)
    {
        if (plan.Needs.ExitZero && manifest.Ngram is null)
            throw new InputException(path, $"looks at exit 0, of which {BundleManifest.FileName} names no file", Again);
        if (plan.Needs.Classes is { } classes && classes != manifest.Labels.Count)
        {
            throw new InputException(path,
                $"was made for {classes} classes where {BundleManifest.FileName} has {manifest.Labels.Count}", Again);
        }

        foreach (var work in plan.Works.Where(work => work.To > 0))
        {
            var (tier, layers) = (manifest.Tiers[work.Tier], new LayerStretch(work.From, work.To));
            if (layers != new LayerStretch(0, tier.Exit)
                && !manifest.Stretches.Any(stretch => stretch.Layers == layers && stretch.Tiers.Contains(tier.Name)))
            {
                throw new InputException(path,
                    $"has {tier.Name} run the layers {layers.From + 1} to {layers.To}, of which {BundleManifest.FileName} has no model",
                    Again);
            }
        }
    }

    /// <summary>Distances to centroids mean something only between embeddings of one kind and length.</summary>
    private static void CheckEmbedding(BundleManifest manifest, Plan plan, string path)
    {
        if (plan.Needs.Embedding is not var (planned, size))
            return;
        var (kind, length) = (manifest.Embeddings.Kind, manifest.EmbeddingSize);
        if (planned != kind || size != length)
        {
            throw new InputException(path,
                $"routes by embeddings {ChoiceNames.Of(planned)} of {size} numbers "
                + $"where {BundleManifest.FileName} has {ChoiceNames.Of(kind)} of {length}", Again);
        }
    }

    /// <summary>
    /// Every id that the tokenizer gives must have a row in the embedding table, and every place of a text one in the position table.
    /// </summary>
    public static void Check(BundleManifest manifest, WordPieceTokenizer tokenizer, string folder)
    {
        if (manifest.MaxLength > manifest.Embeddings.Position.Rows)
        {
            throw new InputException($"{Path.Combine(folder, BundleManifest.FileName)} maxLength",
                $"is {manifest.MaxLength} where the model has {manifest.Embeddings.Position.Rows} positions", "export the bundle again");
        }

        if (tokenizer.VocabularySize > manifest.Embeddings.Word.Rows)
        {
            throw new InputException(Path.Combine(folder, manifest.Tokenizer),
                $"has {tokenizer.VocabularySize} tokens where the model has rows for {manifest.Embeddings.Word.Rows}",
                "export the bundle again with the tokenizer that the model was trained with");
        }

        // Other templates are possible than BERT's, and what they set must be known to the model and leave room for a text.
        var types = Math.Max(tokenizer.TypeCount(pair: false), manifest.HasPair ? tokenizer.TypeCount(pair: true) : 1);
        var special = Math.Max(tokenizer.SpecialTokenCount(pair: false), manifest.HasPair ? tokenizer.SpecialTokenCount(pair: true) : 0);
        var known = manifest.Embeddings.TokenType?.Rows;
        if (types > known || special >= manifest.MaxLength)
        {
            throw new InputException($"{Path.Combine(folder, manifest.Tokenizer)} post_processor",
                known is null
                    ? $"sets {special} special tokens where texts have up to {manifest.MaxLength} tokens"
                    : $"sets {special} special tokens and {types} token types where texts have "
                        + $"up to {manifest.MaxLength} tokens and the model rows for {known} types",
                "export the bundle again with the tokenizer that the model was trained with");
        }
    }
}
