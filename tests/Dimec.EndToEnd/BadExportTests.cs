using Dimec.Tests;

namespace Dimec.EndToEnd;

/// <summary><c>export</c> replaces its folder as a whole, so it must not take one that holds anything else.</summary>
public sealed class BadExportTests(MadeRun made)
{
    [Fact]
    public async Task A_folder_of_other_things_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "mine");

        await Tool.RefusedAsync(folder.Path, ["export", made.Run, "--plan", made.EdgePlan, "--out", folder.Path], $"{folder.Path}: holds notes.txt and no bundle.json");
    }

    [Fact]
    public async Task A_file_beside_an_earlier_bundle_is_not_lost()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Copy(made.Bundle, folder.Path);
        File.WriteAllText(folder.File("notes.txt"), "mine");

        await Tool.RefusedAsync(folder.Path, ["export", made.Run, "--plan", made.EdgePlan, "--out", folder.Path], $"{folder.Path}: holds notes.txt, which is no part of the bundle there");
    }

    [Fact]
    public async Task An_earlier_bundle_is_replaced()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Copy(made.Bundle, folder.File("bundle"));

        await Tool.DoneAsync("export", made.Run, "--plan", made.EdgePlan, "--revision", "2", "--out", folder.File("bundle"));
        Assert.Contains("\"revision\": 2", File.ReadAllText(folder.File("bundle", "bundle.json")), StringComparison.Ordinal);
        Assert.Equal([folder.File("bundle")], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_plan_for_a_depth_without_an_exit_is_one_mistake_among_the_others()
    {
        using var folder = new TemporaryFolder();
        var plan = folder.File("plan.json");
        File.WriteAllText(plan, File.ReadAllText(made.EdgePlan).Replace("\"depth\": 3", "\"depth\": 4", StringComparison.Ordinal));

        await Tool.RefusedAsync(
            folder.Path, ["export", made.Run, "--plan", plan, "--revision", "0", "--out", folder.File("bundle")],
            "revision: is 0", "plan costs tiers[2].depth: is 4, where the model has exits at 1, 2, 3");
    }

    [Fact]
    public async Task A_truncated_model_is_named()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRun.Copy(made.Run, folder.File("run"));
        var model = Path.Combine(run, "model", "model.safetensors");
        File.WriteAllBytes(model, File.ReadAllBytes(model)[..^10]);

        await Tool.RefusedAsync(folder.Path, ["export", run, "--plan", made.EdgePlan, "--out", folder.File("bundle")], $"{model} tensor ");
    }
}
