using System.Net;
using Dimec.Testing.Certificates;

namespace Dimec.Serving.Tests.Security;

/// <summary>What a tier has to have before it is open to a network, and what its files have to be.</summary>
public sealed class SecurityRulesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _ca;

    public SecurityRulesTests() => _ca = new TestAuthority(_folder);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.3.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData(null, false)]
    public void A_network_is_open_to_a_tier_with_TLS_that_knows_its_callers_and_to_one_that_is_told_to_do_without(
        string? address, bool isOpen)
    {
        var (certificate, key) = _ca.Server();
        File.WriteAllText(_folder.File("keys"), ApiKey.Create("a").Line);
        string[] both = isOpen ? [] : ["everybody on the way could read", "everybody in it could ask"];
        Assert.Equal(both, Problems(address, _ => { }));
        Assert.Empty(Problems(address, options => options.Insecure = true));
        Assert.Equal(both.Take(1), Problems(address, options => options.ApiKeys = _folder.File("keys")));
        Assert.Equal(both.Skip(1), Problems(address, options => (options.Certificate, options.CertificateKey) = (certificate, key)));
        Assert.Empty(Problems(
            address, options => (options.Certificate, options.CertificateKey, options.ClientCa) = (certificate, key, _ca.File)));
        Assert.Empty(Problems(address, options =>
            (options.Certificate, options.CertificateKey, options.ApiKeys) = (certificate, key, _folder.File("keys"))));
    }

    [Fact]
    public void What_mends_it_is_said_with_it()
    {
        var errors = Errors(options => options.Address = IPAddress.Any);
        Assert.Equal(
            [
                "Address 0.0.0.0: is open to a network, and everybody on the way could read and change what is said; give Certificate and "
                    + "CertificateKey, or say Insecure where something before the tier does it.",
                "Address 0.0.0.0: is open to a network, and everybody in it could ask; give ApiKeys or ClientCa, or say Insecure where "
                    + "something before the tier does it.",
            ], errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Every_file_that_cannot_be_used_is_named_at_once()
    {
        var ranOut = _ca.Server(end: DateTimeOffset.UtcNow.AddDays(-2));
        var errors = Errors(options =>
        {
            (options.Certificate, options.CertificateKey) = ranOut;
            (options.ClientCa, options.ApiKeys) = (_folder.File("none.pem"), ranOut.Key);
            options.MaxConnections = 0;
        });
        Assert.Contains(
            errors, error => error.Where == ranOut.Certificate && error.Problem.StartsWith("ran out on", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Where == _folder.File("none.pem") && error.Problem == "does not exist");
        Assert.Contains(errors, error => error.Where == $"{ranOut.Key}:1" && error.Problem == "is no key");
        Assert.Contains(errors, error => error.Where == "MaxConnections");
    }

    [Theory]
    [InlineData("CertificateKey", "holds no private key in PEM that is not encrypted")]
    [InlineData("Certificate", "holds no certificate")]
    public void A_file_of_something_else_is_named(string option, string problem)
    {
        var (certificate, key) = _ca.Server();
        var (other, _) = _ca.Server();
        var error = Assert.Single(Errors(options => (options.Certificate, options.CertificateKey) =
            option == "Certificate" ? (key, key) : (certificate, other)));
        Assert.Equal((option == "Certificate" ? key : other, problem), (error.Where, error.Problem));
    }

    [Fact]
    public void Half_of_what_belongs_together_is_refused()
    {
        var (certificate, key) = _ca.Server();
        Assert.Equal("Certificate: is given without CertificateKey; give the certificate and its private key.",
            Assert.Single(Errors(options => options.Certificate = certificate)).ToString());
        Assert.Equal("CertificateKey: is given without Certificate; give the certificate and its private key.",
            Assert.Single(Errors(options => options.CertificateKey = key)).ToString());
        Assert.Equal(
            "ClientCa: is given, and certificates are shown over TLS alone; give Certificate and CertificateKey as well.",
            Assert.Single(Errors(options => options.ClientCa = _ca.File)).ToString());
        Assert.EndsWith(
            "holds certificates that others have issued and no root, at which trust ends",
            Errors(options => (options.Certificate, options.CertificateKey, options.ClientCa) = (certificate, key, certificate))
                .Single().Problem, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _ca.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<string> Problems(string? address, Action<DimecTierHostOptions> configure) => Errors(options =>
    {
        options.Address = address is null ? null : IPAddress.Parse(address);
        configure(options);
    }).Select(error => string.Join(' ', error.Problem.Split(", and ")[1].Split(' ').Take(
        error.Problem.Contains("way", StringComparison.Ordinal) ? 6 : 5)));

    private static IReadOnlyList<InputError> Errors(Action<DimecTierHostOptions> configure)
    {
        var options = new DimecTierHostOptions();
        (options.Tier.Bundle, options.Tier.Tier) = ("bundle", "edge");
        configure(options);
        var errors = new InputErrors();
        options.Validate(errors);
        try
        {
            errors.ThrowIfAny();
            return [];
        }
        catch (InputException wrong)
        {
            return [.. wrong.Errors];
        }
    }
}
