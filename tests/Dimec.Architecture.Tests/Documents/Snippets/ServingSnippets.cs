using Dimec.Serving;
using Microsoft.AspNetCore.Builder;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Serving</c>.</summary>
internal static class ServingSnippets
{
    public static void Host(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDimecTier(options =>
        {
            options.Bundle = "bundle";
            options.Tier = "edge";
        });
        var app = builder.Build();
        app.MapDimecTier();
        app.Run();
    }
}
