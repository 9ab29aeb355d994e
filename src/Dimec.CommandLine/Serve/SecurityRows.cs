using Dimec.Serving;

namespace Dimec.CommandLine.Serve;

/// <summary>The rows of <see cref="ServeOptions"/> that say who may ask, and over what. None takes a secret: they name files.</summary>
internal static class SecurityRows
{
    /// <summary>Those of the tier's own callers.</summary>
    public static IEnumerable<ServeOption> OfTier =>
    [
        ServeOptions.Text(
            ServeOptions.Host(nameof(DimecTierHostOptions.Certificate)), "--tls-cert",
            "A file in PEM with the tier's certificate and those of its issuers, for TLS on both ports; read again when it changes.",
            options => options.Certificate, (options, value) => options.Certificate = value),
        ServeOptions.Text(
            ServeOptions.Host(nameof(DimecTierHostOptions.CertificateKey)), "--tls-key", "The file with its private key, in PEM.",
            options => options.CertificateKey, (options, value) => options.CertificateKey = value),
        ServeOptions.Text(
            ServeOptions.Host(nameof(DimecTierHostOptions.ClientCa)), "--client-ca",
            "A file in PEM with authorities: callers need a client certificate of one of them; read again when it changes.",
            options => options.ClientCa, (options, value) => options.ClientCa = value),
        ServeOptions.Text(
            ServeOptions.Host(nameof(DimecTierHostOptions.ApiKeys)), "--api-keys",
            "A file with a line for each API key, as 'dimec key' prints it: callers need one; read again when it changes.",
            options => options.ApiKeys, (options, value) => options.ApiKeys = value),
        ServeOptions.Switch(
            ServeOptions.Host(nameof(DimecTierHostOptions.Insecure)), "--insecure",
            "Listen on a network without TLS, or without knowing callers, where something before the tier sees to both.",
            options => options.Insecure, (options, on) => options.Insecure = on),
        ServeOptions.Whole(
            ServeOptions.Host(nameof(DimecTierHostOptions.MaxConnections)), "--max-connections",
            "The most connections to each port at once, 1 to 1048576; one beyond is closed.",
            options => options.MaxConnections, (options, value) => options.MaxConnections = value),
    ];

    /// <summary>Those of the deeper tiers, of which it is itself a caller.</summary>
    public static IEnumerable<ServeOption> OfForward =>
    [
        ServeOptions.Text(
            ServeOptions.Tier(nameof(DimecTierOptions.ForwardCa)), "--forward-ca",
            "A file in PEM with the authorities of which such a tier's certificate has to be; by default the system's.",
            options => options.Tier.ForwardCa, (options, value) => options.Tier.ForwardCa = value),
        ServeOptions.Text(
            ServeOptions.Tier(nameof(DimecTierOptions.ForwardCertificate)), "--forward-cert",
            "A file in PEM with the client certificate that such a tier is shown.",
            options => options.Tier.ForwardCertificate, (options, value) => options.Tier.ForwardCertificate = value),
        ServeOptions.Text(
            ServeOptions.Tier(nameof(DimecTierOptions.ForwardCertificateKey)), "--forward-cert-key",
            "The file with its private key, in PEM.",
            options => options.Tier.ForwardCertificateKey, (options, value) => options.Tier.ForwardCertificateKey = value),
        ServeOptions.Text(
            ServeOptions.Tier(nameof(DimecTierOptions.ForwardApiKeyFile)), "--forward-key-file",
            "A file with the API key that such a tier is sent.",
            options => options.Tier.ForwardApiKeyFile, (options, value) => options.Tier.ForwardApiKeyFile = value),
        ServeOptions.Switch(
            ServeOptions.Tier(nameof(DimecTierOptions.ForwardKeyInClear)), "--forward-key-in-clear",
            "Send that key without TLS to another machine, where the way is safe.",
            options => options.Tier.ForwardKeyInClear, (options, on) => options.Tier.ForwardKeyInClear = on),
    ];
}
