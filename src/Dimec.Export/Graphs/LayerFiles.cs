using Dimec.Bundles;
using Dimec.Onnx.Writing;

namespace Dimec.Export.Graphs;

/// <summary>
/// The files of weights beside a bundle's models: one for the layers of each tier that the tier before has not, so that every weight is
/// written once, and a tier needs no file of layers that it does not run.
/// </summary>
internal sealed class LayerFiles : IDisposable
{
    private readonly (int Last, string File, Stream Output, ExternalWriter Writer)[] _files;
    private readonly Dictionary<string, ExternalValues> _places = [];

    /// <param name="depths">The tiers' depths, ascending.</param>
    /// <param name="create">Makes a file of a name.</param>
    public LayerFiles(IReadOnlyList<int> depths, Func<string, Stream> create)
    {
        _files = new (int, string, Stream, ExternalWriter)[depths.Count];
        for (var i = 0; i < depths.Count; i++)
        {
            var file = BundleManifest.WeightsFile(i == 0 ? 1 : depths[i - 1] + 1, depths[i]);
            var output = create(file);
            _files[i] = (depths[i], file, output, new ExternalWriter(file, output));
        }
    }

    /// <summary>Where a tensor lies, which is written when it is first asked for.</summary>
    /// <param name="layer">The layer that it belongs to, from 1.</param>
    /// <param name="name">Its name.</param>
    /// <param name="values">Gives its values, row-major, little-endian.</param>
    public ExternalValues Place(int layer, string name, Func<ReadOnlyMemory<byte>> values)
    {
        if (!_places.TryGetValue(name, out var place))
            _places[name] = place = _files.First(file => layer <= file.Last).Writer.Write(values().Span);
        return place;
    }

    /// <summary>Where a tensor lies that was placed before.</summary>
    /// <param name="name">Its name.</param>
    public ExternalValues PlaceOf(string name) => _places[name];

    /// <summary>The files that hold the weights of some layers.</summary>
    public IReadOnlyList<string> Of(LayerStretch layers)
    {
        var first = 1;
        var names = new List<string>();
        foreach (var (last, file, _, _) in _files)
        {
            if (last > layers.From && first <= layers.To)
                names.Add(file);
            first = last + 1;
        }

        return names;
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Output?.Dispose();
    }
}
