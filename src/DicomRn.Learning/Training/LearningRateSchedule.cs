namespace DicomRn.Learning.Training;

/// <summary>A learning rate that rises linearly and then falls to 0 along a cosine.</summary>
/// <param name="Peak">The largest rate.</param>
/// <param name="Steps">Updates in all.</param>
/// <param name="WarmupShare">Share of the updates over which it rises.</param>
internal readonly record struct LearningRateSchedule(double Peak, int Steps, double WarmupShare)
{
    /// <summary>The rate of an update, counted from 0.</summary>
    public double At(int step)
    {
        double warmup = Math.Max(1, Steps * WarmupShare);
        return step < warmup
            ? Peak * (step + 1) / warmup
            : Peak * 0.5 * (1 + Math.Cos(Math.PI * (step - warmup) / Math.Max(1, Steps - warmup)));
    }
}
