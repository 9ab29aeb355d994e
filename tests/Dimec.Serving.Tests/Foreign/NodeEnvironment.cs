using System.ComponentModel;
using System.Security.Cryptography;
using Dimec.Serving.Tests.Triton;

namespace Dimec.Serving.Tests.Foreign;

/// <summary>The server in Node with its packages, put beside the tests once and kept until its lock file changes.</summary>
internal static class NodeEnvironment
{
    private static readonly string[] s_files = ["package.json", "package-lock.json", "open_inference.proto", "server.mjs"];
    private static readonly Lazy<Task<string?>> s_made = new(MakeAsync);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "foreign-server");

    /// <summary>The server's script; skips the calling test with a clear message where it cannot be had.</summary>
    public static async Task<string> RequireServerAsync()
    {
        if (await s_made.Value is { } problem)
            Assert.Skip(problem);
        return Path.Combine(Folder, "server.mjs");
    }

    private static async Task<string?> MakeAsync()
    {
        var source = Path.Combine(Repository.Root, "tests", "Dimec.Serving.Tests", "Foreign");
        Directory.CreateDirectory(Folder);
        foreach (var file in s_files)
            File.Copy(Path.Combine(source, file), Path.Combine(Folder, file), overwrite: true);
        var (stamp, hash) = (Path.Combine(Folder, "installed"), Hash(Path.Combine(Folder, "package-lock.json")));
        try
        {
            if ((await TritonEnvironment.RunAsync("node", "--version")).Exit != 0)
                return "The server in Node does not start.";
            if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == hash)
                return null;
            // Without scripts: that of onnxruntime-node downloads what a machine with a graphics card would want.
            var (exit, output) = await TritonEnvironment.RunAsync(
                "npm", "ci", "--prefix", Folder, "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
            if (exit != 0)
                return $"The packages of the server in Node cannot be installed: {output}";
        }
        catch (Win32Exception)
        {
            return "The server that is not ours needs node and npm, which this machine lacks.";
        }

        await File.WriteAllTextAsync(stamp, hash);
        return null;
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
