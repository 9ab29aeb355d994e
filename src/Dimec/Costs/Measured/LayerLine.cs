namespace Dimec.Costs.Measured;

/// <summary>What a tier takes for a layer, and for a stretch beside its layers.</summary>
/// <param name="Layer">For each layer.</param>
/// <param name="Call">For a stretch, however many layers it has.</param>
internal readonly record struct LayerLine(double Layer, double Call)
{
    /// <summary>
    /// Through stretches of a tier, of which the whole tier's is met exactly: it is what most samples take, and the line through all only
    /// says how it falls to layers and call. Where one number of layers is all there is, layers are all there is.
    /// </summary>
    /// <param name="depth">The whole tier's layers.</param>
    /// <param name="whole">What they take.</param>
    /// <param name="others">Other stretches: their layers and what they take.</param>
    public static LayerLine Of(int depth, double whole, IReadOnlyCollection<(int Layers, double Value)> others)
    {
        (int Layers, double Value)[] all = [(depth, whole), .. others];
        var (meanLayers, mean) = (all.Average(point => point.Layers), all.Average(point => point.Value));
        var spread = all.Sum(point => (point.Layers - meanLayers) * (point.Layers - meanLayers));
        var slope = spread == 0 ? whole / depth : all.Sum(point => (point.Layers - meanLayers) * (point.Value - mean)) / spread;
        var layer = Math.Clamp(slope, 0, whole / depth);
        return new LayerLine(layer, Math.Max(0, whole - (layer * depth)));
    }
}
