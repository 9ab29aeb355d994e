using System.Net;
using Dimec.Inference.Security;

namespace Dimec.Serving.Security;

/// <summary>What a tier needs before it is open to a network, and whether its files can be used.</summary>
internal static class SecurityRules
{
    /// <summary>Adds what is wrong.</summary>
    public static void Check(DimecTierHostOptions options, InputErrors errors)
    {
        CertificateFiles.CheckPair(
            errors, (Name(nameof(options.Certificate)), options.Certificate),
            (Name(nameof(options.CertificateKey)), options.CertificateKey), TimeProvider.System);
        CertificateFiles.Check(errors, Name(nameof(options.ClientCa)), options.ClientCa, (path, pem) => CertificateTrust.Of(path, pem));
        CertificateFiles.Check(errors, Name(nameof(options.ApiKeys)), options.ApiKeys, (path, text) => KnownKeys.Of(path, text));
        if (options is { ClientCa: not null, Certificate: null })
        {
            errors.Add(
                Name(nameof(options.ClientCa)), "is given, and certificates are shown over TLS alone",
                $"give {Name(nameof(options.Certificate))} and {Name(nameof(options.CertificateKey))} as well");
        }

        if (!options.Insecure && (options.Address is not { } address || !IPAddress.IsLoopback(address)))
            CheckOpen(options, errors);
    }

    private static void CheckOpen(DimecTierHostOptions options, InputErrors errors)
    {
        var where = $"{Name(nameof(options.Address))} {options.Address ?? IPAddress.Any}";
        var instead = $"say {Name(nameof(options.Insecure))} where something before the tier does it";
        if (options.Certificate is null)
        {
            errors.Add(
                where, "is open to a network, and everybody on the way could read and change what is said",
                $"give {Name(nameof(options.Certificate))} and {Name(nameof(options.CertificateKey))}, or {instead}");
        }

        if (options.ApiKeys is null && options.ClientCa is null)
        {
            errors.Add(
                where, "is open to a network, and everybody in it could ask",
                $"give {Name(nameof(options.ApiKeys))} or {Name(nameof(options.ClientCa))}, or {instead}");
        }
    }

    private static string Name(string property) => DimecTierHostOptions.Name(property);
}
