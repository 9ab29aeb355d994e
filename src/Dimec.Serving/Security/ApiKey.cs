using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dimec.Serving;

/// <summary>
/// A new API key: 32 random bytes, of which a tier's file has the SHA-256 alone. A slow hash would add nothing: it is for passwords, of
/// which there are few enough to try; of 2^256 keys nobody tries any part.
/// </summary>
/// <remarks>No record: what holds a key prints nothing of itself.</remarks>
public sealed class ApiKey
{
    /// <summary>By which who searches sources for secrets finds one.</summary>
    private const string Prefix = "dimec_";

    private const int Bytes = 32;

    private ApiKey(string name, string secret, string line) => (Name, Secret, Line) = (name, secret, line);

    /// <summary>Whose it is.</summary>
    public string Name { get; }

    /// <summary>What a client sends as <c>Authorization: Bearer …</c>.</summary>
    public string Secret { get; }

    /// <summary>The line of a tier's file that lets it in: <c>name sha256:HEX</c>, and <c>admin</c> behind it.</summary>
    public string Line { get; }

    /// <summary>Makes one.</summary>
    /// <param name="name">Whose it is: 1 to 64 letters, digits, dots, hyphens and underscores of ASCII.</param>
    /// <param name="isAdmin">Whether it may have models loaded as well.</param>
    /// <exception cref="InputException">The name is none.</exception>
    public static ApiKey Create(string name, bool isAdmin = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Security.KnownKey.IsName(name))
        {
            throw new InputException(
                OptionNames.Of<ApiKey>(nameof(Name)), $"is '{name}'", "give 1 to 64 letters, digits, dots, hyphens and underscores");
        }

        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
        return new ApiKey(name, secret, $"{name} {Security.KnownKey.HashName}{hash}{(isAdmin ? $" {Security.KnownKey.Admin}" : "")}");
    }
}
