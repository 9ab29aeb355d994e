using System.CommandLine;
using Dimec.CommandLine.Parsing;
using Dimec.Export.Targets;

namespace Dimec.Cli.Commands;

/// <summary>The options of <c>dimec export --target</c>.</summary>
internal sealed class TargetOptions
{
    private static readonly TargetSettings s_defaults = new();

    private readonly Option<string?> _target = new("--target")
    {
        Description = "Write, of a bundle, what others serve it from: "
            + string.Join(", ", TargetList.Default.All.Select(target => $"{target.Name} ({target.Purpose})")) + ".",
    };

    private readonly Option<string[]> _tiers = new("--tier")
    {
        Description = "A tier to serve, of --target; may be given several times (default: all but the first, which runs on the device).",
    };

    private readonly Option<string?> _image = new("--image")
    {
        Description = $"The container image of dimec-tier, of --target kserve and kubernetes (default: {s_defaults.Image}).",
    };

    private readonly Option<string?> _storage = new("--storage")
    {
        Description = "Where a cluster finds the bundle: of --target kubernetes e.g. oci://registry.example/dimec:1 or pvc://claim/bundle, "
            + "of --target kserve e.g. oci+native://registry.example/dimec:1 or s3://bucket/bundle.",
    };

    private readonly Option<string?> _cores = new("--cores")
    {
        Description = $"The cores of a replica, 1 to 64, of --target triton, kserve and kubernetes (default: {s_defaults.Cores}).",
    };

    private (Option Option, string Property)[] Others =>
    [
        (_tiers, nameof(TargetSettings.Tiers)), (_image, nameof(TargetSettings.Image)), (_storage, nameof(TargetSettings.Storage)),
        (_cores, nameof(TargetSettings.Cores)),
    ];

    public void AddTo(Command command)
    {
        command.Add(_target);
        foreach (var (option, _) in Others)
            command.Add(option);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_target) is not null;

    /// <summary>Adds the options of a bundle that the call has beside a target, which takes a bundle as it is.</summary>
    public void RefuseOthers(ParseResult parsed, IReadOnlyList<Option> bundles, InputErrors errors)
    {
        foreach (var option in bundles.Where(option => parsed.GetResult(option) is { Implicit: false }))
        {
            errors.Add(
                $"{option.Name} and {_target.Name}", "are for different things: a target takes a bundle as it is",
                "export the bundle first, then its target");
        }
    }

    /// <summary>Adds the options of a target that the call has without one.</summary>
    public void RefuseAlone(ParseResult parsed, InputErrors errors)
    {
        foreach (var (option, _) in Others.Where(other => parsed.GetResult(other.Option) is { Implicit: false }))
            errors.Add(option.Name, $"means nothing without {_target.Name}", $"name a {_target.Name}, or leave it out");
    }

    /// <summary>The target; options that mean nothing to it are added to the errors.</summary>
    public IExportTarget? Target(ParseResult parsed, InputErrors errors)
    {
        var target = errors.Try(() => TargetList.Default.Find(parsed.GetValue(_target)!, $"{_target.Name} {parsed.GetValue(_target)}"));
        foreach (var (option, property) in target is null ? [] : Others)
        {
            if (parsed.GetResult(option) is { Implicit: false } && !target!.Reads.Contains(property))
                errors.Add(option.Name, $"means nothing with {_target.Name} {target.Name}", "leave it out");
        }

        return target;
    }

    public TargetSettings Settings(ParseResult parsed, InputErrors errors) => new()
    {
        Tiers = parsed.GetValue(_tiers) ?? [],
        Image = parsed.GetValue(_image) ?? s_defaults.Image,
        Storage = parsed.GetValue(_storage),
        Cores = parsed.GetValue(_cores) is { } cores
            ? (int)(StrictOptions.Whole(cores, _cores.Name, int.MinValue, int.MaxValue, errors.Add) ?? s_defaults.Cores)
            : s_defaults.Cores,
    };
}
