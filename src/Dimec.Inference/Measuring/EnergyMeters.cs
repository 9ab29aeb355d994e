namespace Dimec.Inference.Measuring;

/// <summary>The meters of this machine.</summary>
public static class EnergyMeters
{
    /// <summary>The first meter that tells something; null: the machine cannot tell.</summary>
    /// <param name="root">Where Linux shows its devices; a test's own folder stands for it.</param>
    public static IEnergyMeter? Find(string root = "/sys/class")
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        return new IEnergyMeter[]
        {
            new RaplMeter(Path.Combine(root, "powercap")), new BatteryMeter(Path.Combine(root, "power_supply")),
        }.FirstOrDefault(meter => meter.ReadJoules() is not null);
    }
}
