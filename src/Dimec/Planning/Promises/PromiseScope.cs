namespace Dimec.Planning.Promises;

/// <summary>Of which samples a promise about answers holds.</summary>
public enum PromiseScope
{
    /// <summary>Of all together. The default.</summary>
    All,

    /// <summary>
    /// Of all together and of each class by itself: the true one, or without labels the one that the reference answers.
    /// </summary>
    Class,

    /// <summary>
    /// Of all together and of those that each exit before the last answers: what a phone answers may be worse than the mean says.
    /// </summary>
    Exit,
}
