using System.CommandLine;
using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Plans;

namespace Dimec.Cli.Commands;

/// <summary>What is replanned: a bundle with the run that it was exported from, or a run, with the plan that is served.</summary>
internal sealed class ReplanTarget
{
    private readonly Argument<string> _target = new("RUN|BUNDLE")
    {
        Description = "The bundle that is served, with --run; or the run that it was exported from, or what 'dimec predict' wrote of it.",
    };

    private readonly Option<string?> _run = new("--run")
    {
        Description = "With a bundle, which holds no samples: the run that it was exported from, or what 'dimec predict' wrote of that.",
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "With a run: the plan that is served, in whose place this one is made (a bundle has its own).",
    };

    /// <summary>Adds the argument and its options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_target);
        command.Add(_run);
        command.Add(_plan);
    }

    /// <summary>What a call names.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <returns>The run, null where something is wrong; and the plan that is served, null where none is named.</returns>
    public (RunFolder? Run, ServedPlan? Served) Of(ParseResult parsed, InputErrors errors)
    {
        var (target, run, plan) = (parsed.GetRequiredValue(_target), parsed.GetValue(_run), parsed.GetValue(_plan));
        if (!File.Exists(Path.Combine(target, BundleManifest.FileName)))
        {
            if (run is not null)
                errors.Add(_run.Name, $"is given, and {target} is no bundle", "name the bundle that is served, or leave it out");
            return (errors.Try(() => RunFolder.Open(target)), plan is null ? null : errors.Try(() => ServedPlan.Read(plan)));
        }

        if (plan is not null)
            errors.Add(_plan.Name, $"is given, and {target} is a bundle, which has its own", "leave it out");
        if (run is null)
        {
            errors.Add(
                _run.Name, $"is missing, and {target} is a bundle, which holds no samples to choose plans on",
                "name the run that it was exported from");
        }

        return (run is null ? null : errors.Try(() => RunFolder.Open(run)), errors.Try(() => Served(target)));
    }

    private static ServedPlan Served(string folder)
    {
        var bundle = Bundle.OpenLocal(folder);
        var hash = bundle.Manifest.Files.First(file => file.Name == bundle.Manifest.Plan).Sha256;
        return new ServedPlan(bundle.Plan, hash)
        {
            Bundle = new ExportedExits(bundle.Manifest.Precision, bundle.Hash, Processor.Kind),
        };
    }
}
