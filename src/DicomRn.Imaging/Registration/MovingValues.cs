namespace DicomRn.Imaging.Registration;

/// <summary>What the moving image shows at each sample; reused from one evaluation to the next.</summary>
internal sealed class MovingValues(int count)
{
    /// <summary>Position on the scale of bins, or <see cref="MovingSampler.Outside"/>.</summary>
    public float[] Value { get; } = new float[count];

    /// <summary>Derivative per voxel along I.</summary>
    public float[] AlongI { get; } = new float[count];

    /// <summary>Derivative per voxel along J.</summary>
    public float[] AlongJ { get; } = new float[count];

    /// <summary>Derivative per voxel along K.</summary>
    public float[] AlongK { get; } = new float[count];
}
