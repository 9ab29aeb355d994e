using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dimec.Inference.Security;

/// <summary>The authorities of which the other side's certificate has to be: those of a file and no others.</summary>
internal sealed class CertificateTrust
{
    /// <summary>What a server's certificate is for, among the extended key usages of RFC 5280, section 4.2.1.12.</summary>
    public const string Servers = "1.3.6.1.5.5.7.3.1";

    /// <summary>What a client's is for.</summary>
    public const string Clients = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _others = [];

    private CertificateTrust(X509Certificate2Collection all)
    {
        foreach (var one in all)
            (one.SubjectName.RawData.AsSpan().SequenceEqual(one.IssuerName.RawData) ? _roots : _others).Add(one);
    }

    /// <summary>The authorities in a file: roots, and where there are any, those between them and what they issue.</summary>
    /// <exception cref="InputException">It holds no root.</exception>
    public static CertificateTrust Of(string path, byte[] pem)
    {
        var trust = new CertificateTrust(CertificateFiles.All(path, pem));
        return trust._roots.Count > 0
            ? trust
            : throw new InputException(
                path, "holds certificates that others have issued and no root, at which trust ends", "add the root's certificate");
    }

    /// <summary>Why a certificate is not trusted, as what follows "the certificate"; null: it is.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuers">What came with it.</param>
    /// <param name="purpose">What it has to be for.</param>
    /// <param name="now">The time.</param>
    public string? ProblemOf(
        X509Certificate2 certificate, IEnumerable<X509Certificate2> issuers, string purpose, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_roots);
        policy.ExtraStore.AddRange(_others);
        foreach (var issuer in issuers)
            policy.ExtraStore.Add(issuer);
        policy.ApplicationPolicy.Add(new Oid(purpose));
        // Neither lists nor certificates are fetched: who shows one would say from where.
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = now.UtcDateTime;
        var isTrusted = chain.Build(certificate);
        foreach (var element in chain.ChainElements)
            element.Certificate.Dispose();
        return isTrusted ? null : Said(certificate, chain.ChainStatus, now);
    }

    /// <summary>What is wrong with a certificate, by what a check of it found.</summary>
    public static string Said(X509Certificate2 certificate, IEnumerable<X509ChainStatus> found, DateTimeOffset now)
    {
        var flags = found.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (now > certificate.NotAfter)
            return $"ran out on {CertificateFiles.Said(certificate.NotAfter)}";
        if (now < certificate.NotBefore)
            return $"is not valid before {CertificateFiles.Said(certificate.NotBefore)}, or this machine's clock is wrong";
        if (flags.HasFlag(X509ChainStatusFlags.UntrustedRoot) || flags.HasFlag(X509ChainStatusFlags.PartialChain))
            return "is of no authority that is trusted here";
        if (flags.HasFlag(X509ChainStatusFlags.NotValidForUsage))
            return "is for another use, by what it says itself";
        return flags.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? "is of an authority whose own certificate is not valid now"
            : $"is not valid ({flags})";
    }
}
