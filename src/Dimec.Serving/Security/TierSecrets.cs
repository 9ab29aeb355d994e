using System.Net.Security;
using Dimec.Inference.Security;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Security;

/// <summary>
/// A tier's certificate, and by what it knows its callers; each null where the tier goes without. Renewed with the files.
/// </summary>
internal sealed class TierSecrets : IDisposable
{
    /// <summary>So long before its end a certificate is to be renewed.</summary>
    private static readonly TimeSpan s_end = TimeSpan.FromDays(7);

    private readonly FileSource<SslStreamCertificateContext>? _certificate;
    private readonly FileSource<CertificateTrust>? _clientCa;
    private readonly FileSource<KnownKeys>? _keys;
    private SslStreamCertificateContext? _saidToEnd;
    private ITimer? _timer;

    /// <param name="options">Options that are in order.</param>
    /// <exception cref="InputException">A file cannot be used; all that are wrong.</exception>
    public TierSecrets(DimecTierHostOptions options)
    {
        var errors = new InputErrors();
        if (options is { Certificate: { } certificate, CertificateKey: { } key })
            _certificate = errors.Try(() => Server(certificate, key));
        if (options.ClientCa is { } ca)
            _clientCa = errors.Try(() => new FileSource<CertificateTrust>([ca], bytes => CertificateTrust.Of(ca, bytes[0])));
        if (options.ApiKeys is { } keys)
            _keys = errors.Try(() => new FileSource<KnownKeys>([keys], bytes => KnownKeys.Of(keys, bytes[0])));
        errors.ThrowIfAny();
    }

    /// <summary>What is shown to callers; null: TLS is not spoken.</summary>
    public SslStreamCertificateContext? Certificate => _certificate?.Current;

    /// <summary>Whose certificates callers need; null: they need none.</summary>
    public CertificateTrust? ClientCa => _clientCa?.Current;

    /// <summary>The keys of which callers need one; null: they need none.</summary>
    public KnownKeys? Keys => _keys?.Current;

    /// <summary>Looks after the files from now on.</summary>
    /// <param name="interval">How often; 0: never.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told what has come of it.</param>
    public void Watch(TimeSpan interval, TimeProvider time, ILogger log)
    {
        if (interval > TimeSpan.Zero && (_certificate ?? _clientCa ?? (object?)_keys) is not null)
            _timer = time.CreateTimer(_ => Look(time, log), null, TimeSpan.Zero, interval);
    }

    public void Dispose() => _timer?.Dispose();

    private static FileSource<SslStreamCertificateContext> Server(string certificate, string key)
    {
        return new FileSource<SslStreamCertificateContext>([certificate, key], bytes =>
        {
            var pair = CertificateFiles.Read((certificate, bytes[0]), (key, bytes[1]), DateTimeOffset.UtcNow);
            // Offline: what is missing of the chain is not fetched from where a certificate says.
            return SslStreamCertificateContext.Create(pair.Leaf, pair.Issuers, offline: true);
        });
    }

    private static void Look<T>(FileSource<T>? source, string what, ILogger log)
        where T : class
    {
        if (source?.Look() is not { } look)
            return;
        if (look.IsRenewed)
            log.SecretsRenewed(what);
        if (look.Problem is { } problem)
            log.SecretsRefused(what, problem);
    }

    private void Look(TimeProvider time, ILogger log)
    {
        Look(_certificate, "certificate", log);
        Look(_clientCa, "list of authorities", log);
        Look(_keys, "list of API keys", log);
        if (Certificate is not { } certificate || certificate == _saidToEnd
            || certificate.TargetCertificate.NotAfter > time.GetUtcNow() + s_end)
        {
            return;
        }

        _saidToEnd = certificate;
        log.CertificateEnding(CertificateFiles.Said(certificate.TargetCertificate.NotAfter));
    }
}
