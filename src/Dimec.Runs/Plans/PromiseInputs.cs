using Dimec.Files;
using Dimec.Planning;
using Dimec.Predictions;

namespace Dimec.Runs.Plans;

/// <summary>The samples on which a promise is tested.</summary>
/// <param name="Part">The samples.</param>
/// <param name="Name">How a plan's record names their file.</param>
/// <param name="Hash">SHA-256 (hex) of their file.</param>
public sealed record PromiseInputs(CalibrationPart Part, string Name, string Hash)
{
    /// <summary>Reads them.</summary>
    /// <param name="run">The run, whose calibration part they are where no file is named.</param>
    /// <param name="file">A predictions file of samples like those that will be served, labelled or not; null for the run's.</param>
    /// <param name="served">The plan that was served while they were recorded; null where none is known.</param>
    /// <exception cref="InputException">The file is absent or malformed, some of its samples are labelled and others are not, or it holds
    /// other exits than the run.</exception>
    public static PromiseInputs Read(RunFolder run, string? file, ServedPlan? served = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var path = file ?? run.Predictions(PartNames.Calibration);
        if (!Path.Exists(path))
        {
            throw new InputException(
                path, "is absent, and a promise is tested on samples that had no say in the plan",
                "name a predictions file of such samples, labelled or not");
        }

        using var stream = InputFile.OpenRead(path);
        var exits = RecordedExits.Read(stream, PartNames.Calibration, path);
        if (file is not null)
            RecordedOrigin.Refuse(exits.Exported, file, run, served);
        return new PromiseInputs(new CalibrationPart(exits, file), file is null ? run.NameOf(path) : path, FileHash.Of(path));
    }

    /// <summary>A request whose plans record what they are tested on as well.</summary>
    /// <param name="request">The request.</param>
    public PlanRequest RecordedIn(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with
        {
            MadeFrom = new SortedDictionary<string, string>(request.MadeFrom.ToDictionary(), StringComparer.Ordinal) { [Name] = Hash },
        };
    }
}
