using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Runs.Records;

namespace Dimec.Runs.Plans;

/// <summary>Whose exits a predictions file holds, beside whose exits a run holds.</summary>
internal static class RecordedOrigin
{
    /// <summary>Refuses a file of other exits than those that are planned on.</summary>
    /// <param name="recorded">The bundle that the file names; null where it names none.</param>
    /// <param name="file">The file.</param>
    /// <param name="run">What is planned on.</param>
    /// <param name="served">The plan that is served, with its bundle; null where none is known.</param>
    /// <exception cref="InputException">They are others.</exception>
    public static void Refuse(ExportedExits? recorded, string file, RunFolder run, ServedPlan? served)
    {
        var folder = ExitsRecord.Of(run);
        if (served?.Bundle is { } bundle)
        {
            if (recorded is null)
            {
                throw new InputException(
                    file, "does not say which bundle's exits it holds", "record it by the bundle, or replan from the run that it is of");
            }

            if (recorded.Bundle != bundle.Bundle)
            {
                throw new InputException(
                    file, $"holds what the bundle {recorded.Bundle} says, and this is {bundle.Bundle}",
                    "give the bundle that was served while it was recorded");
            }

            if (folder is null ? bundle.Precision != ModelPrecision.Fp32 : !IsOf(folder, bundle, served.Plan))
            {
                throw new InputException(
                    run.Path, $"holds other exits than the bundle's, which are of {ChoiceNames.Of(bundle.Precision)}",
                    "record its parts by this bundle with dimec predict, and name what that wrote");
            }

            if (folder is null && PlanOrigin.Of(served.Plan, run).Changed is [var changed, ..])
            {
                throw new InputException(
                    Path.Combine(run.Path, changed), "is not the file that the bundle's plan was made from",
                    "give the run that the bundle was exported from");
            }

            return;
        }

        var (precision, name) = (recorded?.Precision ?? ModelPrecision.Fp32, recorded?.Bundle ?? "");
        if (folder is null ? precision != ModelPrecision.Fp32 : folder.Exits.Bundle != name)
        {
            throw new InputException(
                file,
                name.Length == 0
                    ? "does not say which bundle's exits it holds"
                    : $"holds what the bundle {name} says in {ChoiceNames.Of(precision)}",
                $"replan from that bundle, or give a file of what {run.Path} holds: "
                + (folder is null ? "the trained model's exits" : $"those of the bundle {folder.Exits.Bundle}"));
        }
    }

    /// <summary>
    /// Whether a folder's exits are a bundle's: recorded by it, or by one of the same trained model in the same numbers, which differs in
    /// nothing but its plan.
    /// </summary>
    private static bool IsOf(ExitsRecord folder, ExportedExits bundle, Plan plan) => folder.Exits.Bundle == bundle.Bundle
        || (folder.Exits.Precision == bundle.Precision && folder.Model.Count > 0
            && folder.Model.All(file => plan.MadeFrom.TryGetValue(file.Key, out var hash) && hash == file.Value));
}
