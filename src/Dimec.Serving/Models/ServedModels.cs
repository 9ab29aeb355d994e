using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.Serving.Backends;
using Dimec.Serving.Recording;
using Dimec.Serving.Scheduling;
using Dimec.Serving.Walks;

namespace Dimec.Serving.Models;

/// <summary>The models that a tier has, and whether a request is one that they answer.</summary>
internal sealed class ServedModels
{
    private readonly TierDescription _tier;
    private readonly IServedModel[] _models;

    public ServedModels(
        ITierBackend backend, RequestLimits limits, WorkQueue queue, TierWalk? walk, DevicePlan? plan, TierRecorder? recorder)
    {
        _tier = backend.Description;
        _models =
        [
            new TextModel(backend, limits, queue, recorder),
            .. _tier.Stretches.Select(stretch => new StretchModel(
                NameOf(stretch.Layers), stretch, backend, limits, queue, stretch.Layers == _tier.Whole ? recorder : null)),
            .. plan is null ? [] : (IServedModel[])[new PlanModel(plan, backend, limits)],
            .. walk is null ? [] : walk.Beginnings.Select(from => new WalkModel(from, walk, backend, limits)),
        ];
    }

    /// <summary>What each of them takes and gives.</summary>
    public IReadOnlyList<ModelMetadata> All => [.. _models.Select(model => model.Metadata)];

    /// <summary>A model, in whichever version it is here; null: there is none of that name.</summary>
    public IServedModel? TryFind(string name) => _models.FirstOrDefault(model => model.Metadata.Name == name);

    /// <exception cref="ProtocolException">No such model, or not in that version.</exception>
    public IServedModel Find(string name, string version)
    {
        var model = TryFind(name)
            ?? throw new ProtocolException(
                ProtocolStatus.NotFound,
                $"there is no model '{name}' here; "
                + $"this tier has {Listed(_models.Select(model => $"'{model.Metadata.Name}'"))}");
        var served = model.Metadata.Versions![0];
        return version.Length == 0 || version == served
            ? model
            : throw new ProtocolException(
                ProtocolStatus.NotFound, $"model '{name}' has no version '{version}' here; this tier serves version {served}");
    }

    /// <summary>The model of a stretch of layers.</summary>
    public string NameOf(LayerStretch layers) =>
        layers == _tier.Whole ? TierNames.TokenModel(_tier.Tier) : TierNames.StretchModel(layers);

    /// <exception cref="ProtocolException">An output is asked for that the model does not have, or twice.</exception>
    public static void CheckOutputs(IServedModel model, InferRequest request)
    {
        var names = model.Metadata.Outputs!.Select(output => output.Name).ToList();
        foreach (var output in request.Outputs)
        {
            if (!names.Contains(output.Name))
            {
                throw new ProtocolException(
                    $"model '{model.Metadata.Name}' has no output '{output.Name}'; it has {string.Join(", ", names)}");
            }

            ClassRanking.Check(output);
        }

        if (request.Outputs.DistinctBy(output => output.Name).Count() != request.Outputs.Count)
            throw new ProtocolException("an output is asked for twice");
    }

    private static string Listed(IEnumerable<string> names) =>
        names.ToArray() is [.. var first, var last] ? $"{string.Join(", ", first)} and {last}" : "";
}
