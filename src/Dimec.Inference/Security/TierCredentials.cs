using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dimec.Display;

namespace Dimec.Inference.Security;

/// <summary>
/// What a client shows to tiers, and by what it knows them; read from files, which are looked at again as they are needed.
/// </summary>
internal sealed class TierCredentials
{
    /// <summary>So often at most the files are looked at.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly FileSource<CertificateTrust>? _trust;
    private readonly FileSource<CertificatePair>? _pair;
    private readonly FileSource<string>? _keyFile;
    private readonly string? _key;
    private long _looked;

    /// <param name="security">What is set; checked.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InputException">A file cannot be read any more.</exception>
    public TierCredentials(TierSecurity security, TimeProvider time)
    {
        (_time, _key, _looked) = (time, security.ApiKey, time.GetTimestamp());
        if (security.Ca is { } ca)
            _trust = new FileSource<CertificateTrust>([ca], bytes => CertificateTrust.Of(ca, bytes[0]));
        if (security is { Certificate: { } certificate, CertificateKey: { } key })
            _pair = CertificateFiles.Pair(certificate, key, time);
        if (security.ApiKeyFile is { } file)
            _keyFile = new FileSource<string>([file], bytes => ApiKeyText.Of(file, bytes[0]));
    }

    /// <summary>What is sent as <c>authorization</c>; null: nothing.</summary>
    public string? Authorization()
    {
        Look();
        return (_keyFile?.Current ?? _key) is { } key ? $"Bearer {key}" : null;
    }

    /// <summary>How TLS is spoken; what is wrong with a tier's certificate is a sentence.</summary>
    public SslClientAuthenticationOptions Tls() => new()
    {
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = Check,
        LocalCertificateSelectionCallback = _pair is null ? null : (_, _, _, _, _) => Shown(_pair),
    };

    private X509Certificate2 Shown(FileSource<CertificatePair> pair)
    {
        Look();
        return pair.Current.Leaf;
    }

    private bool Check(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        Look();
        if (shown is null)
            throw new AuthenticationException("it shows no certificate");
        if (shown is X509Certificate2 certificate)
            return Check(sender, certificate, chain, errors);
        using var copy = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return Check(sender, copy, chain, errors);
    }

    private bool Check(object sender, X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var now = _time.GetUtcNow();
        var problem = _trust is not null
            ? _trust.Current.ProblemOf(certificate, chain?.ChainPolicy.ExtraStore ?? [], CertificateTrust.Servers, now)
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
                ? CertificateTrust.Said(certificate, chain?.ChainStatus ?? [], now)
                : null;
        if (problem is not null)
            throw new AuthenticationException($"its certificate {problem}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            var wanted = (sender as SslStream)?.TargetHostName ?? "this address";
            throw new AuthenticationException($"its certificate is of {Printable.Line(Names(certificate))}, not of {wanted}");
        }

        return true;
    }

    /// <summary>Whom a certificate is of; where it names many, the first ones.</summary>
    private static string Names(X509Certificate2 certificate)
    {
        const int Most = 4;
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => $"{address}")))
            .ToList();
        return names.Count switch
        {
            0 => "nobody by name",
            <= Most => string.Join(", ", names),
            _ => $"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more",
        };
    }

    private void Look()
    {
        var looked = Volatile.Read(ref _looked);
        if (_time.GetElapsedTime(looked) < s_pause || Interlocked.CompareExchange(ref _looked, _time.GetTimestamp(), looked) != looked)
            return;
        // What cannot be used is not taken; where what was read before does not do any more, the tier says so.
        _trust?.Look();
        _pair?.Look();
        _keyFile?.Look();
    }
}
