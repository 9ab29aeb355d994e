namespace Dimec.Training.Optimization;

/// <summary>The constants of AdamW (Loshchilov, Hutter 2019), with PyTorch's defaults.</summary>
internal sealed record AdamWOptions(double WeightDecay, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8);
