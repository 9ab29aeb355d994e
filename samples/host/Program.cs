using Dimec.Serving;
using Microsoft.AspNetCore.Server.Kestrel.Core;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    // gRPC without TLS needs a port of its own: nothing in a connection's first bytes would say there which HTTP it speaks.
    kestrel.ListenLocalhost(builder.Configuration.GetValue("restPort", 8000), listen => listen.Protocols = HttpProtocols.Http1);
    kestrel.ListenLocalhost(builder.Configuration.GetValue("grpcPort", 8001), listen => listen.Protocols = HttpProtocols.Http2);
});

// The bundle is read and verified when the host starts; a mistake in the options stops the start, and all of them are said at once.
builder.Services.AddDimecTier(tier =>
{
    tier.Bundle = builder.Configuration["bundle"] ?? "";
    tier.Tier = builder.Configuration["tier"] ?? "";
    tier.QueueSize = builder.Configuration.GetValue("queueSize", tier.QueueSize);
});
builder.Services.AddHealthChecks();
builder.Services.AddDimecLive();

var app = builder.Build();

// Other endpoints live beside the tier's, which are all below /v2 (REST) and /inference.GRPCInferenceService (gRPC).
app.MapGet("/", () => "This host answers more than texts.");
app.MapHealthChecks("/healthz");
app.MapDimecTier();
// What the tier has done of late, to be looked at; behind a login: app.MapDimecLive().RequireAuthorization().
app.MapDimecLive();

await app.RunAsync();
