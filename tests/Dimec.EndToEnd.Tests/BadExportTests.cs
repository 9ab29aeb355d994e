namespace Dimec.EndToEnd.Tests;

/// <summary><c>export</c> replaces its folder as a whole, so it must not take one that holds anything else.</summary>
public sealed class BadExportTests(MadeRun made) : RefusedCalls
{
    [Fact]
    public async Task A_folder_of_other_things_is_left_alone()
    {
        File.WriteAllText(Folder.File("notes.txt"), "mine");

        await RefusedAsync(
            ["export", made.Run, "--plan", made.EdgePlan, "--out", Folder.Path], $"{Folder.Path}: holds notes.txt and no bundle.json");
    }

    [Fact]
    public async Task A_file_beside_an_earlier_bundle_is_not_lost()
    {
        MadeRun.Copy(made.Bundle, Folder.Path);
        File.WriteAllText(Folder.File("notes.txt"), "mine");

        await RefusedAsync(
            ["export", made.Run, "--plan", made.EdgePlan, "--out", Folder.Path],
            $"{Folder.Path}: holds notes.txt, which is no part of the bundle there");
    }

    [Fact]
    public async Task A_manifest_of_something_else_is_no_bundle_that_may_be_replaced()
    {
        File.WriteAllText(Folder.File("bundle.json"), """{"name":"my-web-bundle"}""");
        Directory.CreateDirectory(Folder.File("sub"));
        File.WriteAllText(Folder.File("sub", "thesis.txt"), "mine");

        await RefusedAsync(
            ["export", made.Run, "--plan", made.EdgePlan, "--out", Folder.Path], $"{Folder.Path}: holds a bundle.json that is no bundle's");
    }

    [Fact]
    public async Task A_plan_that_no_tier_can_serve_is_refused()
    {
        var plan = Folder.File("plan.json");
        await Tool.DoneAsync("plan", made.Run, "--policy", "splitee", "--max-drop", "1", "--out", plan);

        await RefusedAsync(
            ["export", made.Run, "--plan", plan, "--out", Folder.File("bundle")],
            "plan policy: 'splitee' cannot be served: it learns from all samples as they come");
    }

    [Fact]
    public async Task An_earlier_bundle_is_replaced()
    {
        CopyOf(made.Bundle);

        await Tool.DoneAsync("export", made.Run, "--plan", made.EdgePlan, "--revision", "2", "--out", Folder.File("bundle"));
        Assert.Contains("\"revision\": 2", File.ReadAllText(Folder.File("bundle", "bundle.json")), StringComparison.Ordinal);
        Assert.Equal([Folder.File("bundle")], Directory.EnumerateFileSystemEntries(Folder.Path));
    }

    [Fact]
    public async Task A_plan_for_a_depth_without_an_exit_is_one_mistake_among_the_others()
    {
        var plan = Folder.File("plan.json");
        File.WriteAllText(plan, File.ReadAllText(made.EdgePlan).Replace("\"depth\": 3", "\"depth\": 4", StringComparison.Ordinal));

        await RefusedAsync(
            ["export", made.Run, "--plan", plan, "--revision", "0", "--out", Folder.File("bundle")],
            "--revision: is 0", "plan costs tiers[2].depth: is 4, where the model has exits at 1, 2, 3");
    }

    [Fact]
    public async Task A_truncated_model_is_named()
    {
        var run = CopyOf(made.Run);
        var model = Path.Combine(run, "model", "model.safetensors");
        File.WriteAllBytes(model, File.ReadAllBytes(model)[..^10]);

        await RefusedAsync(["export", run, "--plan", made.EdgePlan, "--out", Folder.File("bundle")], $"{model} tensor ");
    }
}
