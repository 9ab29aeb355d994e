using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dimec.Bundles;

namespace Dimec.Tests.Bundles;

public sealed class BundleTrustTests : IDisposable
{
    private static readonly byte[] s_manifest = "{\"format\":1}"u8.ToArray();

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public BundleTrustTests() => File.WriteAllBytes(_folder.File("bundle.json"), s_manifest);

    private string Signature => _folder.File("bundle.sig");

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_bundle_is_trusted_that_the_key_has_signed_in_either_form_of_a_private_key(bool isSec1)
    {
        Sign(isSec1 ? _key.ExportECPrivateKeyPem() : _key.ExportPkcs8PrivateKeyPem());
        Trust(_key.ExportSubjectPublicKeyInfoPem()).Check(_folder.Path, s_manifest);
        Assert.True(_key.VerifyData(
            s_manifest, File.ReadAllBytes(Signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void A_curve_that_nobody_knows_is_a_sentence()
    {
        var info = _key.ExportSubjectPublicKeyInfo();
        // In the object identifier of the curve, 1.2.840.10045.3.1.7.
        info[info.AsSpan().IndexOf((byte[])[0xCE, 0x3D, 0x03, 0x01, 0x07])] = 0x4E;
        foreach (var (label, content) in new[] { ("PUBLIC KEY", info), ("CERTIFICATE", new byte[] { 0x30, 0 }) })
        {
            var wrong = Assert.Throws<InputException>(() => Trust(PemEncoding.WriteString(label, content)));
            Assert.Contains($"holds a {label} that cannot be read", wrong.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_too_long_for_keys_is_not_searched()
    {
        var wrong = Assert.Throws<InputException>(() =>
            Trust(string.Concat(Enumerable.Repeat("-----BEGIN PUBLIC KEY-----\n", 100_000))));
        Assert.Contains("has 2700000 bytes, more than the 262144", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_key_of_the_file_may_have_signed_and_that_of_a_certificate_as_well()
    {
        var request = new CertificateRequest("CN=Dimec", _key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var trust = Trust(
            $"text before\n{_other.ExportSubjectPublicKeyInfoPem()}\ntext between\n{certificate.ExportCertificatePem()}\n");
        foreach (var key in new[] { _key, _other })
        {
            Sign(key.ExportPkcs8PrivateKeyPem());
            trust.Check(_folder.Path, s_manifest);
        }
    }

    [Fact]
    public void A_bundle_that_is_not_signed_changed_or_signed_by_another_is_refused()
    {
        var trust = Trust(_key.ExportSubjectPublicKeyInfoPem());
        Assert.Contains("is not signed", Refused(trust, s_manifest), StringComparison.Ordinal);
        Sign(_other.ExportPkcs8PrivateKeyPem());
        Assert.Contains("is no signature of this bundle.json", Refused(trust, s_manifest), StringComparison.Ordinal);
        Sign(_key.ExportPkcs8PrivateKeyPem());
        Assert.Contains("is no signature of this bundle.json", Refused(trust, [.. s_manifest, (byte)'\n']), StringComparison.Ordinal);
    }

    /// <summary>Whatever stands in the file: a sentence, and no signature.</summary>
    [Fact]
    public void A_file_that_is_no_signature_is_none()
    {
        var trust = Trust(_key.ExportSubjectPublicKeyInfoPem());
        Sign(_key.ExportPkcs8PrivateKeyPem());
        var signature = File.ReadAllBytes(Signature);
        for (var place = 0; place < signature.Length; place++)
        {
            File.WriteAllBytes(Signature, [.. signature.Select((value, i) => (byte)(i == place ? value ^ 1 : value))]);
            Assert.Contains("is no signature", Refused(trust, s_manifest), StringComparison.Ordinal);
            File.WriteAllBytes(Signature, signature[..place]);
            Assert.Contains("is no signature", Refused(trust, s_manifest), StringComparison.Ordinal);
        }

        foreach (var bytes in new[] { [.. signature, 0], new byte[64], new byte[1_000_000] })
        {
            File.WriteAllBytes(Signature, bytes);
            Assert.Contains("is no signature", Refused(trust, s_manifest), StringComparison.Ordinal);
        }

        File.Delete(Signature);
        Directory.CreateDirectory(Signature);
        Assert.Contains("is a folder", Refused(trust, s_manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_hold_no_such_key_are_refused_in_a_sentence()
    {
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.Contains("holds a private key", NoTrust(_key.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("holds no public key", NoTrust("nothing"), StringComparison.Ordinal);
        Assert.Contains("cannot be read as a key", NoTrust(rsa.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
        Assert.Contains("another kind", NoTrust(p384.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
        Assert.Contains("another kind", NoTrust(brainpool.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be read as a key", NoTrust(PemEncoding.WriteString("CERTIFICATE", [1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("holds no private key", NoKey(_key.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
        Assert.Contains("holds no private key", NoKey(rsa.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("holds no private key", NoKey("nothing"), StringComparison.Ordinal);
        Assert.Contains("another kind", NoKey(p384.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        var encrypted = _key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        Assert.Contains("holds no private key", NoKey(encrypted), StringComparison.Ordinal);
    }

    private string NoTrust(string pem) => Assert.Throws<InputException>(() => Trust(pem)).Message;

    private string NoKey(string pem) => Assert.Throws<InputException>(() => Sign(pem)).Message;

    private string Refused(BundleTrust trust, byte[] manifest) =>
        Assert.Throws<InputException>(() => trust.Check(_folder.Path, manifest)).Message;

    private void Sign(string pem)
    {
        File.WriteAllText(_folder.File("key.pem"), pem);
        using var key = BundleSigningKey.Read(_folder.File("key.pem"));
        key.SignFolder(_folder.Path);
    }

    private BundleTrust Trust(string pem)
    {
        File.WriteAllText(_folder.File("trust.pem"), pem);
        return BundleTrust.Read(_folder.File("trust.pem"));
    }
}
