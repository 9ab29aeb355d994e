using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dimec.Files;

namespace Dimec.Inference.Security;

/// <summary>Certificates and their keys in PEM, as OpenSSL, ACME's clients and Kubernetes write them.</summary>
internal static class CertificateFiles
{
    private const string PrivateKey = "PRIVATE KEY";

    /// <summary>Checks a certificate with its key, of which there is both or none.</summary>
    /// <param name="errors">Gets everything that is wrong.</param>
    /// <param name="certificate">What the option is called, and its file.</param>
    /// <param name="key">That of the key.</param>
    /// <param name="time">The clock.</param>
    public static void CheckPair(
        InputErrors errors, (string Name, string? Path) certificate, (string Name, string? Path) key, TimeProvider time)
    {
        if (certificate.Path is null && key.Path is null)
            return;
        if (certificate.Path is null || key.Path is null)
        {
            var (given, missing) = certificate.Path is null ? (key, certificate) : (certificate, key);
            errors.Add(given.Name, $"is given without {missing.Name}", "give the certificate and its private key");
        }
        else if (!IsEmpty(errors, certificate.Name, certificate.Path) & !IsEmpty(errors, key.Name, key.Path))
        {
            errors.Try(() => Pair(certificate.Path, key.Path, time).Current);
        }
    }

    /// <summary>Checks a file where there is one.</summary>
    public static void Check(InputErrors errors, string name, string? path, Func<string, byte[], object> read)
    {
        if (path is not null && !IsEmpty(errors, name, path))
            errors.Try(() => read(path, InputFile.ReadAllBytes(path)));
    }

    /// <summary>A certificate with its key, renewed with its files.</summary>
    /// <exception cref="InputException">They cannot be read, do not belong together, or the certificate is not valid now.</exception>
    public static FileSource<CertificatePair> Pair(string certificate, string key, TimeProvider time) => new(
        [certificate, key], bytes => Read((certificate, bytes[0]), (key, bytes[1]), time.GetUtcNow()));

    /// <summary>All certificates of a file.</summary>
    /// <exception cref="InputException">It has none, or one that cannot be read.</exception>
    public static X509Certificate2Collection All(string path, byte[] pem)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException)
        {
            throw new InputException(path, "holds a certificate that cannot be read", "give certificates in PEM");
        }

        return all.Count > 0
            ? all
            : throw new InputException(
                path, "holds no certificate", "give certificates in PEM, which begin with -----BEGIN CERTIFICATE-----");
    }

    /// <summary>A time as a sentence has it.</summary>
    public static string Said(DateTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.ToUniversalTime():yyyy-MM-dd HH:mm} UTC");

    /// <summary>A certificate with its key, out of the bytes of their files.</summary>
    /// <exception cref="InputException">As for <see cref="Pair"/>.</exception>
    public static CertificatePair Read((string Path, byte[] Pem) certificate, (string Path, byte[] Pem) key, DateTimeOffset now)
    {
        var chain = All(certificate.Path, certificate.Pem);
        var leaf = chain[0];
        if (now > leaf.NotAfter)
            throw new InputException(certificate.Path, $"ran out on {Said(leaf.NotAfter)}", "renew it");
        if (now < leaf.NotBefore)
            throw new InputException(certificate.Path, $"is not valid before {Said(leaf.NotBefore)}", "set this machine's clock, or wait");
        chain.RemoveAt(0);
        return new CertificatePair(WithKey(leaf, certificate.Path, key), chain);
    }

    private static X509Certificate2 WithKey(X509Certificate2 leaf, string certificate, (string Path, byte[] Pem) key)
    {
        var text = Encoding.UTF8.GetString(key.Pem);
        try
        {
            var pair = X509Certificate2.CreateFromPem(leaf.ExportCertificatePem(), text);
            if (OperatingSystem.IsLinux())
                return pair;
            // Elsewhere TLS takes no key that is in memory alone.
            using (pair)
                return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            throw HasPlainKey(text)
                ? new InputException(key.Path, $"is not the key of the certificate in {certificate}", "give the two that belong together")
                : new InputException(key.Path, "holds no private key in PEM that is not encrypted", "give e.g. what openssl genpkey wrote");
        }
    }

    private static bool HasPlainKey(string text) =>
        text.Contains($"{PrivateKey}-----", StringComparison.Ordinal) && !text.Contains("ENCRYPTED", StringComparison.Ordinal);

    private static bool IsEmpty(InputErrors errors, string name, string path)
    {
        if (!string.IsNullOrWhiteSpace(path))
            return false;
        errors.Add(name, "is empty", "name a file");
        return true;
    }
}
