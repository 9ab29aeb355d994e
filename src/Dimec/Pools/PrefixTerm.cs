namespace Dimec.Pools;

/// <summary>One term of a pool's sum: an entry of the table of prefixes, added or taken away.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="IsAdded">True where it is added.</param>
internal readonly record struct PrefixTerm(int Entry, bool IsAdded);
