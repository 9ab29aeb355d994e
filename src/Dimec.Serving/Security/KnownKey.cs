using System.Buffers;

namespace Dimec.Serving.Security;

/// <summary>A key that a tier lets in, as far as it knows it.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Hash">The SHA-256 of its bytes.</param>
/// <param name="IsAdmin">Whether it may have models loaded as well.</param>
internal sealed record KnownKey(string Name, byte[] Hash, bool IsAdmin)
{
    /// <summary>What stands before a hash.</summary>
    public const string HashName = "sha256:";

    /// <summary>What stands behind the hash of a key that may have models loaded.</summary>
    public const string Admin = "admin";

    private const int LongestName = 64;

    private static readonly SearchValues<char> s_name = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= LongestName && !text.AsSpan().ContainsAnyExcept(s_name);
}
