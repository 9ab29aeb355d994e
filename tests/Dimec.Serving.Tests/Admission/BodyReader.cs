using Dimec.Serving.Admission;
using Dimec.Serving.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dimec.Serving.Tests.Admission;

/// <summary>Decompresses as a tier does, without one.</summary>
internal sealed class BodyReader
{
    private readonly InFlightRequests _requests = new(
        new DimecTierOptions(), Options.Create(new HostOptions()), new IdleLifetime(), TimeProvider.System,
        NullLogger<InFlightRequests>.Instance);

    public async Task<byte[]> DecompressAsync(byte[] packed, string encoding)
    {
        using var inFlight = _requests.Begin(new Caller());
        using var body = new BodyBuffer(inFlight, 1 << 24, most => new($"more than {most}"));
        return await BodyEncoding.DecompressAsync(packed, encoding, inFlight, body, before: 0, TestContext.Current.CancellationToken);
    }
}
