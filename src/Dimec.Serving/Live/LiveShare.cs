namespace Dimec.Serving.Live;

/// <summary>The share of samples that are answered at a place.</summary>
internal sealed record LiveShare(string Place, double Share);
