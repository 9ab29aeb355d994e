using System.Security.Cryptography.X509Certificates;

namespace Dimec.Inference.Security;

/// <summary>A certificate that is shown, and what is shown beside it.</summary>
/// <param name="Leaf">The certificate, with its private key.</param>
/// <param name="Issuers">Those between it and its root, as far as the file has them.</param>
internal sealed record CertificatePair(X509Certificate2 Leaf, X509Certificate2Collection Issuers);
