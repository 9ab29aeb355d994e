using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dimec.Bundles;
using Dimec.Fuzzing.Mutation;

namespace Dimec.Fuzzing.Files;

/// <summary>Keys and certificates in PEM, and the signature of a bundle.</summary>
internal sealed class TrustTarget : FuzzTarget
{
    private const string Keys = "trust.pem";
    private const string Signature = "bundle.sig";

    private static readonly byte[] s_manifest = "{\"format\":1}"u8.ToArray();
    private static readonly string[] s_labels = ["PUBLIC KEY", "CERTIFICATE", "PRIVATE KEY", "EC PRIVATE KEY", "EC PARAMETERS", "X", ""];

    private readonly OneFile _file = new();
    private readonly (string Label, byte[] Content)[] _blocks;
    private readonly byte[] _signature;

    public TrustTarget()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("CN=made", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _blocks =
        [
            ("PUBLIC KEY", key.ExportSubjectPublicKeyInfo()), ("CERTIFICATE", certificate.RawData), ("PUBLIC KEY",
                other.ExportSubjectPublicKeyInfo()),
            ("PRIVATE KEY", key.ExportPkcs8PrivateKey()), ("EC PRIVATE KEY", key.ExportECPrivateKey()),
        ];
        _signature = key.SignData(s_manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override string Name => "trust";

    public override string What => "PEM files of keys and certificates, bundle.sig";

    public override double Share => 0.5;

    public override byte[] Make(Random random)
    {
        var text = new StringBuilder();
        for (var blocks = random.Next(1, 4); blocks > 0; blocks--)
            text.Append(Block(random, _blocks[random.Next(random.Next(3) == 0 ? _blocks.Length : 2)]));
        if (random.Next(500) == 0)
            text.Append(string.Concat(Enumerable.Repeat($"-----BEGIN {s_labels[random.Next(s_labels.Length)]}-----\n", random.Next(500,
                20_000))));
        var keys = Encoding.UTF8.GetBytes(text.ToString());
        return FileSet.Pack(new Dictionary<string, byte[]>
        {
            [Keys] = random.Next(12) == 0 ? ByteMutator.Mutate(random, keys, random.Next(1, 4)) : keys,
            [Signature] = random.Next(2) == 0 ? ByteMutator.Mutate(random, _signature, random.Next(1, 4)) : _signature,
        });
    }

    public override Verdict Run(byte[] input)
    {
        var parts = FileSet.Unpack(input);
        var path = _file.With(parts[Keys], Keys);
        _file.With(parts[Signature], Signature);
        try
        {
            BundleSigningKey.Read(path).Dispose();
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
        }

        try
        {
            var trust = BundleTrust.Read(path);
            RefusesOthers(trust);
            trust.Check(_file.Folder, s_manifest);
            return Verdict.Accepted;
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return PemEncoding.TryFind(Encoding.UTF8.GetString(parts[Keys]), out _) ? Verdict.Refused : Verdict.Malformed;
        }
    }

    protected override void Close() => _file.Dispose();

    private void RefusesOthers(BundleTrust trust)
    {
        try
        {
            trust.Check(_file.Folder, "{\"format\":2}"u8);
        }
        catch (InputException)
        {
            return;
        }

        throw new BrokenPromiseException("another manifest than the one that was signed is taken");
    }

    private static string Block(Random random, (string Label, byte[] Content) block)
    {
        var (label, content) = block;
        if (random.Next(3) == 0)
            content = ByteMutator.Mutate(random, content, random.Next(1, 4));
        if (random.Next(10) == 0)
            label = s_labels[random.Next(s_labels.Length)];
        var base64 = Convert.ToBase64String(content, random.Next(2) == 0 ? Base64FormattingOptions.InsertLineBreaks
            : Base64FormattingOptions.None);
        var end = random.Next(20) == 0 ? s_labels[random.Next(s_labels.Length)] : label;
        return $"-----BEGIN {label}-----\n{base64}\n-----END {end}-----\n{(random.Next(5) == 0 ? "words\n" : "")}";
    }
}
