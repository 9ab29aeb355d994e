namespace Dimec.Planning.Promises.Procedures;

/// <summary>Tests of plans on samples that had no say in them; each is made when it is asked for.</summary>
public interface IPromiseTests
{
    /// <summary>The number of plans.</summary>
    int Count { get; }

    /// <summary>The p-value of "this plan breaks the promise".</summary>
    /// <param name="plan">Its place, from 0: from the dearest to the cheapest.</param>
    double PValue(int plan);

    /// <summary>The same plans on one half of the samples each.</summary>
    (IPromiseTests First, IPromiseTests Second) Halves();
}
