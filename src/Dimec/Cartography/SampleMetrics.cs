namespace Dimec.Cartography;

/// <summary>
/// A training sample's place on the data map (Swayamdipta et al. 2020, arXiv 2009.10795). With p_e the probability, in fp32, that the
/// model gave the true class in epoch e of E:
/// </summary>
/// <param name="Guid">The sample's name.</param>
/// <param name="Index">The sample's row in the first epoch's file, from 0.</param>
/// <param name="ThresholdCloseness">μ (1 − μ).</param>
/// <param name="Confidence">μ = mean of p_e over epochs.</param>
/// <param name="Variability">σ = population standard deviation of p_e;
/// with include_ci sqrt(v + v² / (E − 1)), v the population variance.</param>
/// <param name="Correctness">The number of epochs whose largest logit is the true class's, 0 … E.</param>
/// <param name="Forgetfulness">How often a correct epoch was followed by a wrong one; 1000 where no epoch was correct.</param>
public sealed record SampleMetrics(
    SampleGuid Guid, int Index, double ThresholdCloseness, double Confidence, double Variability, int Correctness, int Forgetfulness);
