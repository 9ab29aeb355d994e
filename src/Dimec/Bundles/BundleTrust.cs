using System.Security.Cryptography;
using Dimec.Files;

namespace Dimec.Bundles;

/// <summary>
/// Whose bundles are opened: those that one of these keys has signed, as they were signed. Who trusts nobody in particular opens every
/// bundle, signed or not.
/// </summary>
public sealed class BundleTrust
{
    /// <summary>A signature has 72 bytes at most; what is longer is none.</summary>
    private const int MostBytes = 256;

    private readonly string _path;
    private readonly IReadOnlyList<byte[]> _keys;

    private BundleTrust(string path, IReadOnlyList<byte[]> keys) => (_path, _keys) = (path, keys);

    /// <summary>Reads keys.</summary>
    /// <param name="path">
    /// A file in PEM with public keys of ECDSA on P-256 or certificates of such; any of them may have signed. Of a certificate its key
    /// counts alone: neither who issued it nor how long it is valid is looked at.
    /// </param>
    /// <exception cref="InputException">There is no such file, or it holds no such key.</exception>
    public static BundleTrust Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new BundleTrust(path, EcKeys.Public(path));
    }

    /// <summary>Makes sure that a manifest was signed by one of the keys.</summary>
    /// <param name="folder">The bundle's folder, which has the signature.</param>
    /// <param name="manifest">The bytes of its <c>bundle.json</c>.</param>
    /// <exception cref="InputException">The bundle is not signed, or it was changed since, or by another key.</exception>
    public void Check(string folder, ReadOnlySpan<byte> manifest)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, BundleManifest.SignatureFile);
        if (FileKinds.Of(path) == FileKind.Nothing)
        {
            throw new InputException(
                folder, $"is not signed, and only bundles are opened here that a key of {_path} has signed",
                "sign it with dimec sign, or take it from who does");
        }

        using var stream = InputFile.OpenRead(path);
        var signature = new byte[MostBytes];
        var length = stream.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false);
        foreach (var info in _keys)
        {
            if (IsOf(info, manifest, signature.AsSpan(0, length)))
                return;
        }

        throw new InputException(
            path,
            $"is no signature of this {BundleManifest.FileName} by a key of {_path}: the bundle was changed, or somebody else signed it",
            "copy the bundle again, or take it from who signs");
    }

    private static bool IsOf(byte[] info, ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(info, out _);
        return key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
