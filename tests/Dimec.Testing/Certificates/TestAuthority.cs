using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dimec.Testing.Certificates;

/// <summary>An authority of a test's own, that issues certificates as files in PEM.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string Servers = "1.3.6.1.5.5.7.3.1";
    private const string Clients = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _root;
    private readonly TemporaryFolder _folder;
    private int _issued;

    /// <param name="folder">Where its files go.</param>
    /// <param name="name">What it is called.</param>
    public TestAuthority(TemporaryFolder folder, string name = "Test CA")
    {
        _folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
        File = folder.File($"{name}.pem");
        System.IO.File.WriteAllText(File, _root.ExportCertificatePem());
    }

    /// <summary>Its certificate.</summary>
    public string File { get; }

    /// <summary>Its certificate, to be trusted.</summary>
    public X509Certificate2 Root => _root;

    /// <summary>A server's certificate for 127.0.0.1, or another name.</summary>
    /// <param name="name">A name of DNS in place of the address.</param>
    /// <param name="end">When it runs out; null: in a month.</param>
    public (string Certificate, string Key) Server(string? name = null, DateTimeOffset? end = null) => Issue(Servers, name, end);

    /// <summary>A client's.</summary>
    /// <param name="end">When it runs out; null: in a month.</param>
    public (string Certificate, string Key) Client(DateTimeOffset? end = null) => Issue(Clients, "client", end);

    /// <summary>Puts other certificates into files that are there.</summary>
    public static void Renew((string Certificate, string Key) files, (string Certificate, string Key) by)
    {
        System.IO.File.Move(by.Certificate, files.Certificate, overwrite: true);
        System.IO.File.Move(by.Key, files.Key, overwrite: true);
    }

    public void Dispose() => _root.Dispose();

    private (string Certificate, string Key) Issue(string usage, string? name, DateTimeOffset? end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name ?? "127.0.0.1"}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name is null)
            names.AddIpAddress(IPAddress.Loopback);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        var last = end ?? DateTimeOffset.UtcNow.AddDays(30);
        var serial = Guid.NewGuid().ToByteArray();
        serial[0] &= 0x7F;
        using var issued = request.Create(_root, last.AddDays(-60), last, serial);
        var number = Interlocked.Increment(ref _issued);
        var stem = Path.GetFileNameWithoutExtension(File);
        var files = (_folder.File($"{stem}-{number}.crt"), _folder.File($"{stem}-{number}.key"));
        System.IO.File.WriteAllText(files.Item1, issued.ExportCertificatePem());
        System.IO.File.WriteAllText(files.Item2, key.ExportPkcs8PrivateKeyPem());
        return files;
    }
}
