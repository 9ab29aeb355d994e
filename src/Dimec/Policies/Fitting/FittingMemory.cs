using System.Collections.Concurrent;

namespace Dimec.Policies.Fitting;

/// <summary>
/// What fits have worked out that does not depend on what the tiers cost, kept for the next cost structure. A key names everything that
/// its value depends on, so nothing can be taken for something else. Safe for concurrent use.
/// </summary>
public sealed class FittingMemory
{
    private readonly ConcurrentDictionary<object, Lazy<object>> _values = new();

    internal T GetOrAdd<T>(object key, Func<T> make)
        where T : class => (T)_values.GetOrAdd(key, _ => new Lazy<object>(make)).Value;
}
