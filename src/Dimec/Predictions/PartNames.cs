namespace Dimec.Predictions;

/// <summary>The names of a task's parts, as files, records and options have them.</summary>
public static class PartNames
{
    /// <summary>The encoder is trained on it; pools are cut of it.</summary>
    public const string Train = "train";

    /// <summary>Choices are made on it.</summary>
    public const string Selection = "selection";

    /// <summary>Promises are tested on it.</summary>
    public const string Calibration = "calibration";

    /// <summary>It is reported; nothing is chosen on it.</summary>
    public const string Dev = "dev";
}
