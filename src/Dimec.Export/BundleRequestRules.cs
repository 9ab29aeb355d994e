using System.Buffers;
using System.Text.RegularExpressions;
using Dimec.Bundles;
using Dimec.Checkpoints;

namespace Dimec.Export;

/// <summary>What must hold before a bundle is written; every problem is reported together.</summary>
internal static partial class BundleRequestRules
{
    /// <summary>A tier's name becomes a file name and a part of a model's URL, and case must not be what tells two files apart.</summary>
    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    public static ExitHeadConfig Check(BundleRequest request, string folder)
    {
        var errors = new InputErrors();
        BundleTarget.Check(folder, errors);
        if (request.Revision < 1)
        {
            errors.Add(
                OptionNames.Of<BundleRequest>(nameof(BundleRequest.Revision)), $"is {request.Revision}", "number revisions from 1");
        }

        errors.Try(request.Plan.CreatePolicy);
        if (request.Plan.Needs.ExitZero && request.WriteNgram is null)
            errors.Add("plan policy", $"'{request.Plan.Policy}' looks at exit 0, and there is none", "add exit 0 to the run");
        if (request.Checkpoint.Exits is { } exits)
        {
            CheckTiers(request, exits, errors);
            CheckEmbedding(request, errors);
            CheckGolden(request, exits, errors);
        }
        else
        {
            errors.Add("checkpoint", "has no exits", "train it first, or give the model folder of a finished run");
        }

        errors.ThrowIfAny();
        return request.Checkpoint.Exits!;
    }

    private static void CheckTiers(BundleRequest request, ExitHeadConfig exits, InputErrors errors)
    {
        var tiers = request.Plan.Costs.Tiers;
        for (var t = 0; t < tiers.Count; t++)
        {
            var where = $"plan costs tiers[{t}]";
            if (!exits.Exits.Contains(tiers[t].Depth))
            {
                errors.Add($"{where}.depth", $"is {tiers[t].Depth}, where the model has exits at {string.Join(", ", exits.Exits)}",
                    "plan with depths that were trained, or train with an exit there");
            }

            if (tiers[t].Name.AsSpan().ContainsAnyExcept(s_nameCharacters))
                errors.Add($"{where}.name", $"is '{tiers[t].Name}'", "use only a–z, 0–9, '-' and '_'");
            else if (ModelOfAnother().IsMatch(TierNames.TokenModel(tiers[t].Name)))
                errors.Add($"{where}.name", $"is '{tiers[t].Name}', and another model is called so", "give the tier another name");
        }

        foreach (var (layers, _) in PlannedStretches.Of(request.Plan).Where(stretch => !exits.Exits.Contains(stretch.Layers.To)))
        {
            errors.Add(
                "plan parameters", $"stop at exit {layers.To}, where the model has exits at {string.Join(", ", exits.Exits)}",
                "plan again on this run");
        }
    }

    /// <summary>The models of the plan, of stretches and of walks.</summary>
    [GeneratedRegex("^dimec_(plan|walk(_[0-9]+)?|[0-9]+_[0-9]+)$")]
    private static partial Regex ModelOfAnother();

    private static void CheckEmbedding(BundleRequest request, InputErrors errors)
    {
        if (request.Plan.Needs.Embedding is { Kind: var kind } && kind != request.Embedding)
        {
            errors.Add(
                "plan parameters.embeddingKind",
                $"is {ChoiceNames.Of(kind)}, where the run's embeddings are of the kind {ChoiceNames.Of(request.Embedding)}",
                "plan again on this run");
        }
    }

    /// <summary>A depth that the model has no exit at is reported once, and not again for every answer that it cannot have.</summary>
    private static void CheckGolden(BundleRequest request, ExitHeadConfig exits, InputErrors errors)
    {
        var classes = exits.Labels.Count;
        for (var i = 0; i < request.Golden.Count; i++)
        {
            foreach (var exit in request.Plan.Costs.Tiers.Select(tier => tier.Depth).Where(exits.Exits.Contains))
            {
                if (!request.Golden[i].Logits.TryGetValue(exit, out var logits) || logits.Length != classes || !logits.All(float.IsFinite))
                {
                    errors.Add(
                        $"golden[{i}] exit {exit}", $"has no {classes} finite logits",
                        "hand in the trained model's answer at every tier's exit");
                }
            }
        }
    }
}
