namespace Dimec.Costs;

/// <summary>
/// What it costs in a resume to forward a hidden state from one tier to another, where that is not max(0, h_to − h_from) (method
/// section 9; h is <see cref="TierCost.HiddenState"/>, o where there is none). Only a policy that resumes is charged for it: a tier that
/// starts over gets the text from the mobile and costs its own o_t in full.
/// </summary>
/// <param name="From">The tier that holds the hidden state.</param>
/// <param name="To">The tier that goes on from it.</param>
/// <param name="Offload">The cost, in the structure's unit; not negative.</param>
public sealed record LinkCost(string From, string To, double Offload);
