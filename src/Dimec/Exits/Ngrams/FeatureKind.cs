namespace Dimec.Exits.Ngrams;

/// <summary>The sorts of features; their numbers go into the hash, and so belong to the file format.</summary>
internal enum FeatureKind
{
    /// <summary>A token of a single text.</summary>
    Token = 1,

    /// <summary>Two tokens of a single text that stand side by side.</summary>
    TokenPair = 2,

    /// <summary>A token that both texts of a pair have.</summary>
    Shared = 3,

    /// <summary>A token that only the first text has.</summary>
    FirstOnly = 4,

    /// <summary>A token that only the second text has.</summary>
    SecondOnly = 5,

    /// <summary>The texts share at least so many twentieths of the tokens that either has.</summary>
    UnionOverlap = 6,

    /// <summary>The texts share at least so many twentieths of the tokens of the one that has fewer.</summary>
    ShorterOverlap = 7,

    /// <summary>The first text is longer by at least 2^(k − 1) tokens.</summary>
    FirstLonger = 8,

    /// <summary>The second text is longer by at least 2^(k − 1) tokens.</summary>
    SecondLonger = 9,
}
