namespace DicomRn.Learning.Pretraining;

/// <summary>Means of losses over some updates.</summary>
internal sealed class PretrainingMeans
{
    private double _total;
    private double _reconstruction;
    private double _contrast;

    public int Count { get; private set; }

    public double Total => _total / Count;

    public double Reconstruction => _reconstruction / Count;

    public double Contrast => _contrast / Count;

    public void Add(PretrainingLoss loss)
    {
        Count++;
        _total += loss.Total.item<float>();
        _reconstruction += loss.Reconstruction?.item<float>() ?? double.NaN;
        _contrast += loss.Contrast.item<float>();
    }

    public void Clear() => (Count, _total, _reconstruction, _contrast) = (0, 0, 0, 0);
}
