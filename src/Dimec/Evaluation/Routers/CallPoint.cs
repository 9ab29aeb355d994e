namespace Dimec.Evaluation.Routers;

/// <summary>A point of a router's sweep, as <see cref="CallPerformance"/> looks at it.</summary>
/// <param name="PassedOn">The share of samples that leave the weak tier, the first one, whichever later tier answers them; 0 … 1.</param>
/// <param name="Accuracy">The accuracy over all samples.</param>
public readonly record struct CallPoint(double PassedOn, double Accuracy);
