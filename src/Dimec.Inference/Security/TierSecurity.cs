using Dimec.Inference.Security;

namespace Dimec.Inference;

/// <summary>
/// How a client knows its tiers and shows who it is. No record: what holds a key prints nothing of itself. Files are looked at again
/// while they are used, so that certificates and keys may be renewed in place.
/// </summary>
public sealed class TierSecurity
{
    /// <summary>
    /// A file in PEM with the certificates of authorities of which a tier's certificate has to be; those of the system are then not asked.
    /// Null, the default: those of the system.
    /// </summary>
    public string? Ca { get; init; }

    /// <summary>
    /// A file in PEM with the certificate that this client shows, for tiers that want one; the authority that issued it has to be in the
    /// tier's own file. Null, the default: none.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>The file with its private key, in PEM, not encrypted.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>A file with the API key that is sent to every tier, in a line of its own. Null, the default: none.</summary>
    public string? ApiKeyFile { get; init; }

    /// <summary>The API key itself, for a program that gets it from elsewhere. Null, the default: none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// Whether the key may be sent without TLS to another machine, where everybody on the way can read and use it. By default not: such an
    /// address is refused.
    /// </summary>
    public bool KeyInClear { get; init; }

    internal bool HasKey => ApiKeyFile is not null || ApiKey is not null;

    /// <summary>Checks the files.</summary>
    /// <param name="errors">Gets everything that is wrong.</param>
    /// <param name="name">What one of these properties is called where it was set.</param>
    internal void Validate(InputErrors errors, Func<string, string> name)
    {
        CertificateFiles.CheckPair(
            errors, (name(nameof(Certificate)), Certificate), (name(nameof(CertificateKey)), CertificateKey), TimeProvider.System);
        CertificateFiles.Check(errors, name(nameof(Ca)), Ca, (path, pem) => CertificateTrust.Of(path, pem));
        CertificateFiles.Check(errors, name(nameof(ApiKeyFile)), ApiKeyFile, (path, text) => ApiKeyText.Of(path, text));
        if (ApiKey is not null && !ApiKeyText.IsKey(ApiKey))
            errors.Add(name(nameof(ApiKey)), ApiKeyText.Problem, ApiKeyText.Fix);
        if (ApiKey is not null && ApiKeyFile is not null)
            errors.Add(name(nameof(ApiKeyFile)), "is given beside a key", "give one of them");
    }

    /// <summary>Adds an error where the key would be sent to an address for everybody to read.</summary>
    internal void CheckAddress(InputErrors errors, string tier, Uri url, Func<string, string> name)
    {
        if (HasKey && !KeyInClear && url.IsAbsoluteUri && url.Scheme is "grpc" or "http" && !url.IsLoopback)
        {
            errors.Add(
                $"{tier} '{url.OriginalString}'", "would get the API key without TLS, so that everybody on the way could use it",
                $"use {url.Scheme}s://, or say {name(nameof(KeyInClear))} where the way is safe");
        }
    }

    /// <summary>What a client calls one of these.</summary>
    internal static string Name(string property) => OptionNames.Of<TierSecurity>(property);
}
