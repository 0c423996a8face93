using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Segmentation;

/// <summary>Reads the functional groups of a segmentation, each of which may be per frame or shared.</summary>
internal static class SegmentationReader
{
    private const string LabelMapStorage = "1.2.840.10008.5.1.4.1.1.66.7";

    public static SegmentationObject Read(DicomDataset dataset)
    {
        string sopClass = dataset.Text(DicomTag.SOPClassUID);
        if (sopClass != DicomUID.SegmentationStorage.UID && sopClass != LabelMapStorage)
            throw new InvalidDataException($"{dataset.Describe()} is no Segmentation.");
        try
        {
            return Read(dataset, TypeOf(dataset, sopClass));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{dataset.Describe()}: {e.Message}.", e);
        }
    }

    private static SegmentationType TypeOf(DicomDataset dataset, string sopClass) => dataset.Text(DicomTag.SegmentationType) switch
    {
        "LABELMAP" => SegmentationType.LabelMap,
        _ when sopClass == LabelMapStorage => SegmentationType.LabelMap,
        "BINARY" => SegmentationType.Binary,
        "FRACTIONAL" => SegmentationType.Fractional,
        string other => throw new InvalidDataException($"its Segmentation Type is '{other}'"),
    };

    private static SegmentationObject Read(DicomDataset dataset, SegmentationType type)
    {
        DicomDataset shared = dataset.FirstItem(DicomTag.SharedFunctionalGroupsSequence) ?? new DicomDataset();
        DicomDataset[] perFrame = [.. dataset.Items(DicomTag.PerFrameFunctionalGroupsSequence)];
        int frames = dataset.Integer(DicomTag.NumberOfFrames) ?? perFrame.Length;
        if (frames < 1 || perFrame.Length < frames)
            throw new InvalidDataException($"{frames} frames with functional groups for {perFrame.Length}");
        SegmentFrame[] read = new SegmentFrame[frames];
        for (int n = 0; n < frames; n++)
            read[n] = Frame(dataset, shared, perFrame[n], n, type);
        DicomDataset? measures = shared.FirstItem(DicomTag.PixelMeasuresSequence) ?? perFrame[0].FirstItem(DicomTag.PixelMeasuresSequence);
        DicomDataset[] series = [.. dataset.Items(DicomTag.ReferencedSeriesSequence)];
        IEnumerable<DicomDataset> instances = series.SelectMany(s => s.Items(DicomTag.ReferencedInstanceSequence))
            .Concat(perFrame.Append(shared).SelectMany(f => f.Items(DicomTag.DerivationImageSequence))
                .SelectMany(d => d.Items(DicomTag.SourceImageSequence)));
        return new SegmentationObject(read, new SegmentPixels(dataset, type, frames))
        {
            SopInstanceUid = dataset.Text(DicomTag.SOPInstanceUID),
            StudyInstanceUid = dataset.Text(DicomTag.StudyInstanceUID),
            SeriesInstanceUid = dataset.Text(DicomTag.SeriesInstanceUID),
            FrameOfReferenceUid = dataset.Text(DicomTag.FrameOfReferenceUID),
            Type = type,
            ReferencedSeriesUids = Distinct(series.Select(s => s.Text(DicomTag.SeriesInstanceUID))),
            ReferencedSopInstanceUids = Distinct(instances.Select(i => i.Text(DicomTag.ReferencedSOPInstanceUID))),
            Segments = [.. dataset.Items(DicomTag.SegmentSequence).Select(SegmentDescription.From).OfType<SegmentDescription>()
                .Where(s => type != SegmentationType.LabelMap || s.Number != 0)],
            SpacingBetweenSlices = measures is null ? null : SliceSpacing(measures),
        };
    }

    private static SegmentFrame Frame(DicomDataset dataset, DicomDataset shared, DicomDataset own, int index, SegmentationType type)
    {
        DicomDataset? position = Group(DicomTag.PlanePositionSequence), orientation = Group(DicomTag.PlaneOrientationSequence);
        DicomDataset? measures = Group(DicomTag.PixelMeasuresSequence);
        SlicePlane? plane = position is null || orientation is null || measures is null
            ? null
            : SlicePlane.From(dataset, position, orientation, measures);
        if (plane is null)
            throw new InvalidDataException($"frame {index + 1} has no plane in patient space (position, orientation, pixel spacing)");
        int? segment = type == SegmentationType.LabelMap
            ? null
            : Group(DicomTag.SegmentIdentificationSequence)?.Integer(DicomTag.ReferencedSegmentNumber)
                ?? throw new InvalidDataException($"frame {index + 1} names no segment");
        return new SegmentFrame(index, segment, plane);

        DicomDataset? Group(DicomTag group) => own.FirstItem(group) ?? shared.FirstItem(group);
    }

    private static double? SliceSpacing(DicomDataset measures)
    {
        double[] spacing = measures.Numbers(DicomTag.SpacingBetweenSlices);
        if (spacing.Length == 0)
            spacing = measures.Numbers(DicomTag.SliceThickness);
        return spacing.Length > 0 && spacing[0] > 0 ? spacing[0] : null;
    }

    private static string[] Distinct(IEnumerable<string> uids) => [.. uids.Where(u => u.Length > 0).Distinct()];
}
