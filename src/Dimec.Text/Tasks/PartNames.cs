namespace Dimec.Text.Tasks;

/// <summary>The names of a task's four parts.</summary>
internal static class PartNames
{
    public const string Train = "train";
    public const string Selection = "selection";
    public const string Calibration = "calibration";
    public const string Dev = "dev";
}
