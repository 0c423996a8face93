namespace DicomRn.Learning.Training;

/// <summary>Cubic sub-volumes around lesions, ready for a model: normalised T1CE and the lesion's mask. Reading is thread-safe.</summary>
internal interface ISubVolumes
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Voxels along each edge.</summary>
    int Edge { get; }

    /// <summary>Who one is of.</summary>
    string Patient(int index);

    /// <summary>Which lesion one shows: serial scans of one lesion have the same text, lesions of different patients never.</summary>
    string Lesion(int index);

    /// <summary>Reads image and mask (1 inside, else 0), X fastest, then Y, then Z.</summary>
    void Read(int index, Span<float> image, Span<float> mask);
}
