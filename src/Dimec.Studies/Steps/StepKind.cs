namespace Dimec.Studies.Steps;

/// <summary>A kind of step, with how long it takes until steps of this study have shown it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SecondsPerUnit">Seconds for a unit of work on two cores of 2025; only the first estimate hangs on it.</param>
/// <param name="IsParallel">Whether several steps run at once; otherwise each uses all processors itself.</param>
internal sealed record StepKind(string Name, double SecondsPerUnit, bool IsParallel)
{
    /// <summary>A unit is a token that is trained on.</summary>
    public static readonly StepKind Train = new("train", 4e-4, IsParallel: false);

    /// <summary>A unit is a sample of selection, or forty of dev, on which a halving is planned.</summary>
    public static readonly StepKind Measure = new("measure", 2e-3, IsParallel: true);

    /// <summary>A unit is a cost structure times a sample.</summary>
    public static readonly StepKind Sweep = new("sweep", 4e-5, IsParallel: false);

    /// <summary>A unit is a sample of selection.</summary>
    public static readonly StepKind Ablate = new("ablate", 2e-3, IsParallel: true);

    /// <summary>A unit is a redraw.</summary>
    public static readonly StepKind Redraw = new("redraw", 2e-2, IsParallel: false);

    /// <summary>A unit is a reported sample times a seed.</summary>
    public static readonly StepKind Seeds = new("seeds", 4e-3, IsParallel: true);
}
