using System.Security.Cryptography.X509Certificates;
using Dimec.Inference.Security;

namespace Dimec.Serving.Security;

/// <summary>
/// The certificate that a connection has shown. The handshake takes any, or none: so that probes, which have none, are answered, and who
/// has a wrong one is told so in a sentence and not by a connection that closes. What is not trusted is refused at each request.
/// </summary>
internal sealed class ClientCertificate
{
    private readonly X509Certificate2 _leaf;
    private readonly X509Certificate2[] _issuers;
    private volatile Verdict? _verdict;

    /// <param name="shown">What was shown.</param>
    /// <param name="issuers">What came with it.</param>
    public ClientCertificate(X509Certificate shown, X509Certificate2Collection? issuers)
    {
        // What the handshake has is its own to free.
        _leaf = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        _issuers = [.. (issuers ?? []).Select(issuer => X509CertificateLoader.LoadCertificate(issuer.RawData))];
    }

    /// <summary>Why it is not taken; null: it is. Looked at anew where the authorities have changed, and when it runs out.</summary>
    /// <param name="trust">The authorities.</param>
    /// <param name="now">The time.</param>
    public string? ProblemOf(CertificateTrust trust, DateTimeOffset now)
    {
        var known = _verdict;
        if (known is null || known.Trust != trust)
            _verdict = known = new Verdict(trust, Check(trust, now));
        return known.Problem ?? (now > _leaf.NotAfter ? CertificateTrust.Said(_leaf, [], now) : null);
    }

    private string? Check(CertificateTrust trust, DateTimeOffset now)
    {
        var usages = _leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault()?.EnhancedKeyUsages;
        // One that says nothing of its use may be a server's, of an authority that issues both.
        return usages?[CertificateTrust.Clients] is null
            ? trust.ProblemOf(_leaf, _issuers, CertificateTrust.Clients, now) ?? "does not say that it is a client's (extended key usage)"
            : trust.ProblemOf(_leaf, _issuers, CertificateTrust.Clients, now);
    }

    private sealed record Verdict(CertificateTrust Trust, string? Problem);
}
