// Three tiers of a bundle with one command: dotnet run --project samples/aspire -- BUNDLE
// The dashboard shows their logs and whether they are ready; a tier sends hidden states on to the deeper ones.
if (args is not [var folder, ..])
{
    Console.Error.WriteLine("error: BUNDLE: is missing; name the folder that dimec export wrote.");
    return 2;
}

var bundle = Path.GetFullPath(folder);
var builder = DistributedApplication.CreateBuilder(args[1..]);
var cloud = Tier("cloud", []);
var edge = Tier("edge", [cloud]);
Tier("mobile", [edge, cloud]);
builder.Build().Run();
return 0;

IResourceBuilder<ProjectResource> Tier(string name, IResourceBuilder<ProjectResource>[] deeper)
{
    var tier = builder.AddProject<Projects.Dimec_Tier>(name)
        .WithEnvironment("Dimec__Bundle", bundle)
        .WithEnvironment("Dimec__Tier", name)
        .WithHttpEndpoint(name: "rest", env: "Dimec__HttpPort")
        .WithEndpoint(name: "grpc", scheme: "grpc", env: "Dimec__GrpcPort")
        .WithHttpHealthCheck("/v2/health/ready", endpointName: "rest");
    foreach (var next in deeper)
    {
        tier.WithEnvironment($"Dimec__Forward__{next.Resource.Name}", next.GetEndpoint("grpc"))
            .WaitFor(next);
    }

    return tier;
}
