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

    public ServedModels(ITierBackend backend, RequestLimits limits, WorkQueue queue, TierWalk? walk, TierRecorder? recorder)
    {
        _tier = backend.Description;
        _models =
        [
            new TextModel(backend, limits, queue, recorder),
            .. _tier.Stretches.Select(stretch => new StretchModel(
                NameOf(stretch.Layers), stretch, backend, limits, queue, stretch.Layers == _tier.Whole ? recorder : null)),
            .. walk is null ? [] : walk.Beginnings.Select(from => new WalkModel(from, walk, backend, limits)),
        ];
    }

    /// <exception cref="ProtocolException">No such model, or not in that version.</exception>
    public IServedModel Find(string name, string version)
    {
        var model = _models.FirstOrDefault(model => model.Metadata.Name == name)
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

    /// <summary>The model that a request is for, which has what it asks for.</summary>
    /// <exception cref="ProtocolException">There is no such model, it is another bundle's, or an output is asked for
    /// that it does not have.</exception>
    public IServedModel For(InferRequest request)
    {
        var model = Find(request.Model, request.Version);
        CheckBundle(request);
        CheckOutputs(model, request);
        return model;
    }

    private string NameOf(LayerStretch layers) =>
        layers == _tier.Whole ? TierNames.TokenModel(_tier.Tier) : TierNames.StretchModel(layers);

    private void CheckBundle(InferRequest request)
    {
        if (!request.Parameters.TryGetValue(TierNames.BundleParameter, out var named) || named.String is not { } hash
            || hash.Equals(_tier.Hash, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        throw new ProtocolException(
            ProtocolStatus.FailedPrecondition,
            $"this tier serves the bundle {_tier.Hash}, the request was made for {Shorten(hash)}; give client and tier the same bundle");
    }

    private static void CheckOutputs(IServedModel model, InferRequest request)
    {
        var names = model.Metadata.Outputs!.Select(output => output.Name).ToList();
        foreach (var output in request.Outputs)
        {
            if (!names.Contains(output.Name))
            {
                throw new ProtocolException(
                    $"model '{model.Metadata.Name}' has no output '{output.Name}'; it has {string.Join(", ", names)}");
            }
        }

        if (request.Outputs.DistinctBy(output => output.Name).Count() != request.Outputs.Count)
            throw new ProtocolException("an output is asked for twice");
    }

    private static string Listed(IEnumerable<string> names) =>
        names.ToArray() is [.. var first, var last] ? $"{string.Join(", ", first)} and {last}" : "";

    private static string Shorten(string hash) => hash.Length <= 64 ? hash : string.Concat(hash.AsSpan(0, 64), "…");
}
