namespace DicomRn.Node.Pipeline;

/// <summary>What a study lacks that others may have: the archive, or other studies of the patient.</summary>
public sealed record WantedObjects
{
    /// <summary>Frame of reference of the T1CE series; empty where it has none.</summary>
    public string FrameOfReferenceUid { get; init; } = "";

    /// <summary>Whether it lacks lesion contours that can be used: RT Structure Sets and Segmentations are wanted.</summary>
    public bool Contours { get; init; }

    /// <summary>
    /// Frames of reference of contours to which there is no way: Spatial Registrations are wanted, and planning images of these frames.
    /// </summary>
    public IReadOnlyList<string> Frames { get; init; } = [];

    /// <summary>Series that these contours were drawn on.</summary>
    public IReadOnlyList<string> DrawnOn { get; init; } = [];

    /// <summary>Whether reports, segmentations and registrations of this program of earlier studies are wanted.</summary>
    public bool Earlier { get; init; }

    /// <summary>Whether RT Plans are wanted: they tell when the lesions were treated, with what dose and in how many fractions.</summary>
    public bool Plans { get; init; }

    /// <summary>Whether without them there is no answer.</summary>
    public bool AreNeeded => Contours || Frames.Count > 0;
}
