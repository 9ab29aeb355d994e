using System.Globalization;
using System.Text.RegularExpressions;

namespace Dimec.EndToEnd.Tests.Packages;

/// <summary>The libraries as somebody else uses them: a program outside of the checkout that restores their packages.</summary>
public sealed partial class LibraryPackagesTests(PackedFeed packages)
{
    private const string Program = """
        using System.Globalization;
        using Dimec.Inference;
        using Dimec.Serving;

        foreach (var library in args[1..])
            System.Reflection.Assembly.Load(library);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDimecTier(options =>
        {
            options.Bundle = args[0];
            options.Tier = "cloud";
        });
        await using var app = builder.Build();
        app.MapDimecTier();
        await app.StartAsync();
        var tiers = new Dictionary<string, Uri> { ["cloud"] = new(app.Urls.Single()) };
        await using (var client = await DimecClient.ConnectAsync(Bundle.OpenLocal(args[0]), tiers))
        {
            var answer = await client.ClassifyAsync("the film is good");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"answer\t{answer.Label}\t{answer.Confidence:R}\t{answer.Tier}"));
        }

        await app.StopAsync();
        """;

    [Fact]
    public async Task A_program_outside_of_the_checkout_restores_them_hosts_a_tier_and_asks_it()
    {
        var feed = await packages.FolderAsync();
        using var folder = new TemporaryFolder();
        TinyBundle.Write(folder.File("bundle"));
        (string Id, string Version)[] libraries = [.. Directory.EnumerateFiles(feed, "*.nupkg")
            .Select(path => Package().Match(Path.GetFileName(path)))
            .Where(match => match.Success
                && !match.Groups[1].Value.StartsWith("Dimec.Cli", StringComparison.Ordinal) && match.Groups[1].Value != "Dimec.Tier")
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))
            .Order()];
        Assert.Contains("Dimec.Inference", libraries.Select(library => library.Id));
        Directory.CreateDirectory(folder.File("program"));
        await File.WriteAllTextAsync(folder.File("program", "Program.cs"), Program, TestContext.Current.CancellationToken);
        // Ours from the feed into a folder of their own; what they need has been restored on this machine before.
        await File.WriteAllTextAsync(folder.File("program", "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreSources>{feed}</RestoreSources>
                <RestorePackagesPath>{folder.File("packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PackedFeed.Kept}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(libraries.Select(library => $"<PackageReference Include=\"{library.Id}\" Version=\"[{library.Version}]\" />"))}
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);

        await Shell.DoneAsync(folder.File("program"), "dotnet build -c Release -v q -nologo -p:RunAnalyzers=false -o built");
        var said = await Shell.DoneAsync(
            folder.File("program"), $"dotnet built/program.dll ../bundle {string.Join(' ', libraries.Select(library => library.Id))}");

        var answer = said.Split('\n').Single(line => line.StartsWith("answer\t", StringComparison.Ordinal)).Split('\t');
        Assert.Equal("cloud", answer[3]);
        Assert.InRange(float.Parse(answer[2], CultureInfo.InvariantCulture), 0.5, 1);
    }

    [GeneratedRegex(@"^(Dimec(?:\.[A-Za-z]+)*)\.(\d+\.\d+\.\d+.*)\.nupkg$")]
    private static partial Regex Package();
}
