using System.Security.Cryptography;
using Dimec.Files;

namespace Dimec.Bundles;

/// <summary>
/// The private key by which a bundle is signed: ECDSA on P-256 over the bytes of <c>bundle.json</c>, which has the SHA-256 of every other
/// file. The signature (<see cref="BundleManifest.SignatureFile"/>) is in ASN.1's DER, as OpenSSL writes and checks it:
/// <c>openssl dgst -sha256 -verify trust.pem -signature bundle.sig bundle.json</c>.
/// </summary>
public sealed class BundleSigningKey : IDisposable
{
    private readonly ECDsa _key;

    private BundleSigningKey(ECDsa key) => _key = key;

    /// <summary>Reads a key.</summary>
    /// <param name="path">A file in PEM with a private key that is not encrypted.</param>
    /// <exception cref="InputException">There is no such file, or it holds no such key.</exception>
    public static BundleSigningKey Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new BundleSigningKey(EcKeys.Private(path));
    }

    /// <summary>The signature of a manifest.</summary>
    /// <param name="manifest">The bytes of <c>bundle.json</c>.</param>
    public byte[] Sign(ReadOnlySpan<byte> manifest) =>
        _key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>Signs a bundle as it lies there; an earlier signature is replaced. Whether its files are whole is the caller's to check.
    /// </summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <exception cref="InputException">The folder has no <c>bundle.json</c>, or cannot be written to.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public void SignFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var signature = Sign(InputFile.ReadAllBytes(Path.Combine(folder, BundleManifest.FileName)));
        AtomicFile.Write(Path.Combine(folder, BundleManifest.SignatureFile), stream => stream.Write(signature));
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _key.Dispose();
}
