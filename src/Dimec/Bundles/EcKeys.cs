using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dimec.Files;

namespace Dimec.Bundles;

/// <summary>Keys of ECDSA on P-256 in PEM, as OpenSSL and whoever holds keys write them.</summary>
internal static class EcKeys
{
    /// <summary>Some hundred certificates; the time that their ends are looked for in grows with the square.</summary>
    private const int MostBytes = 1 << 18;

    private const string P256 = "1.2.840.10045.3.1.7";
    private const string Make = "make one with: openssl ecparam -name prime256v1 -genkey -noout -out key.pem";

    /// <summary>A private key.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It holds none, or another kind of key.</exception>
    public static ECDsa Private(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Text(path));
            RequireP256(path, key);
            key.ExportParameters(includePrivateParameters: true);
            return key;
        }
        catch (Exception none) when (none is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new InputException(path, "holds no private key of ECDSA in PEM that is not encrypted", Make);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The public keys of a file, and those of its certificates, as SubjectPublicKeyInfo.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It holds none, or one of another kind.</exception>
    public static IReadOnlyList<byte[]> Public(string path)
    {
        var keys = new List<byte[]>();
        var rest = Text(path).AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            if (Read(path, rest[found.Label], Convert.FromBase64String(rest[found.Base64Data].ToString())) is { } key)
                keys.Add(key);
            rest = rest[found.Location.End..];
        }

        return keys.Count > 0
            ? keys
            : throw new InputException(
                path, "holds no public key or certificate in PEM", "write one with: openssl ec -in key.pem -pubout -out trust.pem");
    }

    private static byte[]? Read(string path, ReadOnlySpan<char> label, byte[] content)
    {
        if (label is not ("PUBLIC KEY" or "CERTIFICATE"))
        {
            return label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)
                ? throw new InputException(
                    path, "holds a private key, which belongs to who signs and to nobody else",
                    "give the public one: openssl ec -in key.pem -pubout -out trust.pem")
                : null;
        }

        try
        {
            using var key = label is "CERTIFICATE" ? OfCertificate(content) : OfInfo(content);
            RequireP256(path, key);
            return key!.ExportSubjectPublicKeyInfo();
        }
        catch (Exception other) when (other is CryptographicException or PlatformNotSupportedException)
        {
            throw new InputException(path, $"holds a {label} that cannot be read as a key of ECDSA", Make);
        }
    }

    private static ECDsa OfInfo(byte[] content)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(content, out _);
        return key;
    }

    private static ECDsa? OfCertificate(byte[] content)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(content);
        return certificate.GetECDsaPublicKey();
    }

    private static void RequireP256(string path, ECDsa? key)
    {
        // Windows has a name where others have a number.
        if (key?.ExportParameters(includePrivateParameters: false).Curve.Oid is not { } curve
            || (curve.Value != P256 && curve.FriendlyName is not ("nistP256" or "ECDSA_P256")))
        {
            throw new InputException(path, "holds a key of another kind than ECDSA on the curve P-256", Make);
        }
    }

    private static string Text(string path)
    {
        var bytes = InputFile.ReadAllBytes(path);
        return bytes.Length <= MostBytes
            ? Encoding.UTF8.GetString(bytes)
            : throw new InputException(
                path, $"has {bytes.Length} bytes, more than the {MostBytes} that keys are looked for in", "leave in it the keys alone");
    }
}
