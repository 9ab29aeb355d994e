using System.Collections.Concurrent;
using Dimec.Planning.Promises.Procedures;
using Dimec.Statistics.Bounds;

namespace Dimec.Studies.Promises;

/// <summary>Plans tested on drawn samples by one bound.</summary>
/// <param name="tallies">By plan, its losses.</param>
/// <param name="halves">The same of both halves; null for tests of a half.</param>
/// <param name="values">The bound's p-values.</param>
internal sealed class RedrawnTests(LossTally[] tallies, (LossTally[] First, LossTally[] Second)? halves, RedrawnTests.PValues values)
    : IPromiseTests
{
    /// <inheritdoc/>
    public int Count => tallies.Length;

    /// <inheritdoc/>
    public double PValue(int plan) => values.Of(tallies[plan]);

    /// <inheritdoc/>
    public (IPromiseTests First, IPromiseTests Second) Halves() => halves is { First: var first, Second: var second }
        ? (new RedrawnTests(first, halves: null, values), new RedrawnTests(second, halves: null, values))
        : throw new InvalidOperationException("A half is halved no further.");

    /// <summary>Tests by a bound, from the losses of both halves.</summary>
    public static RedrawnTests Of(LossTally[] first, LossTally[] second, PValues values) =>
        new([.. first.Zip(second, Together)], (first, second), values);

    private static LossTally Together(LossTally one, LossTally other) => one.IsSigned
        ? LossTally.Signed(one.N + other.N, one.Plus + other.Plus, one.Minus + other.Minus)
        : LossTally.Of(one.N + other.N, one.Plus + other.Plus);

    /// <summary>The p-values of a bound at one limit: redraws come to few different tallies, and each is worked out once.</summary>
    /// <param name="bound">The bound.</param>
    /// <param name="limit">The limit.</param>
    internal sealed class PValues(IRiskBound bound, double limit)
    {
        private readonly ConcurrentDictionary<LossTally, double> _known = new();

        /// <summary>The bound's name.</summary>
        public string Bound => bound.Name;

        /// <summary>Whether losses may be −1.</summary>
        public bool TakesSigned => bound.TakesSigned;

        /// <summary>The p-value of "the mean is the limit or more".</summary>
        public double Of(LossTally tally) =>
            _known.GetOrAdd(tally, static (losses, by) => by.bound.PValue(losses, by.limit), (bound, limit));
    }
}
