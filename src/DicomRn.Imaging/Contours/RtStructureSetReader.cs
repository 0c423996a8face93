using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>Brings the three sequences of an RT Structure Set together by ROI Number.</summary>
internal static class RtStructureSetReader
{
    public static RtStructureSet Read(DicomDataset dataset)
    {
        if (dataset.Text(DicomTag.SOPClassUID) != DicomUID.RTStructureSetStorage.UID)
            throw new InvalidDataException($"{dataset.Describe()} is no RT Structure Set.");
        DicomDataset[] frames = [.. dataset.Items(DicomTag.ReferencedFrameOfReferenceSequence)];
        DicomDataset[] studies = [.. frames.SelectMany(f => f.Items(DicomTag.RTReferencedStudySequence))];
        DicomDataset[] series = [.. studies.SelectMany(s => s.Items(DicomTag.RTReferencedSeriesSequence))];
        string[] frameUids = Distinct(frames.Select(f => f.Text(DicomTag.FrameOfReferenceUID)));
        List<RtRoi> rois = Rois(dataset, frameUids is [string only] ? only : "");
        return new RtStructureSet
        {
            SopInstanceUid = dataset.Text(DicomTag.SOPInstanceUID),
            StudyInstanceUid = dataset.Text(DicomTag.StudyInstanceUID),
            SeriesInstanceUid = dataset.Text(DicomTag.SeriesInstanceUID),
            Label = dataset.Text(DicomTag.StructureSetLabel),
            FrameOfReferenceUids = Distinct(frameUids.Concat(rois.Select(r => r.FrameOfReferenceUid))),
            ReferencedStudyUids = Distinct(studies.Select(s => s.Text(DicomTag.ReferencedSOPInstanceUID))),
            ReferencedSeriesUids = Distinct(series.Select(s => s.Text(DicomTag.SeriesInstanceUID))),
            ReferencedSopInstanceUids = Distinct(series.SelectMany(s => s.Items(DicomTag.ContourImageSequence))
                .Select(i => i.Text(DicomTag.ReferencedSOPInstanceUID))),
            Rois = rois,
        };
    }

    private static string[] Distinct(IEnumerable<string> uids) => [.. uids.Where(u => u.Length > 0).Distinct()];

    private static List<RtRoi> Rois(DicomDataset dataset, string onlyFrameOfReference)
    {
        ILookup<int?, DicomDataset> observations = dataset.Items(DicomTag.RTROIObservationsSequence)
            .ToLookup(o => o.Integer(DicomTag.ReferencedROINumber));
        ILookup<int?, DicomDataset> contours = dataset.Items(DicomTag.ROIContourSequence)
            .ToLookup(c => c.Integer(DicomTag.ReferencedROINumber));
        List<RtRoi> rois = [];
        foreach (DicomDataset item in dataset.Items(DicomTag.StructureSetROISequence))
        {
            if (item.Integer(DicomTag.ROINumber) is not { } number)
                continue;
            string frame = item.Text(DicomTag.ReferencedFrameOfReferenceUID);
            DicomDataset[] drawn = [.. contours[number]];
            RtRoi roi = new()
            {
                Number = number,
                Name = item.Text(DicomTag.ROIName),
                Description = item.Text(DicomTag.ROIDescription),
                FrameOfReferenceUid = frame.Length > 0 ? frame : onlyFrameOfReference,
                InterpretedType = observations[number].Select(o => o.Text(DicomTag.RTROIInterpretedType)).FirstOrDefault(t => t.Length > 0, ""),
                Color = drawn.Select(Color).FirstOrDefault(c => c is not null),
            };
            rois.Add(WithContours(roi, drawn.SelectMany(d => d.Items(DicomTag.ContourSequence))));
        }

        return rois;
    }

    private static RgbColor? Color(DicomDataset item) =>
        item.TryGetValues(DicomTag.ROIDisplayColor, out int[]? c) && c is [>= 0 and <= 255, >= 0 and <= 255, >= 0 and <= 255]
            ? new RgbColor((byte)c[0], (byte)c[1], (byte)c[2])
            : null;

    private static RtRoi WithContours(RtRoi roi, IEnumerable<DicomDataset> items)
    {
        List<RtContour> contours = [];
        int unreadable = 0;
        foreach (DicomDataset item in items)
        {
            PatientPoint[] points = Points(item);
            if (points.Length == 0)
            {
                unreadable++;
                continue;
            }

            contours.Add(new RtContour
            {
                GeometricType = GeometricType(item.Text(DicomTag.ContourGeometricType)),
                Points = points,
                ReferencedImages = [.. item.Items(DicomTag.ContourImageSequence).Select(Image).Where(i => i.SopInstanceUid.Length > 0)],
            });
        }

        return roi with { Contours = contours, UnreadableContours = unreadable };
    }

    private static ContourImage Image(DicomDataset item) => new(
        item.Text(DicomTag.ReferencedSOPInstanceUID), item.TryGetValues(DicomTag.ReferencedFrameNumber, out int[]? frames) && frames is not null ? frames : []);

    // Number of Contour Points is not trusted: the coordinates themselves say how many there are.
    private static PatientPoint[] Points(DicomDataset item)
    {
        double[] values = item.Numbers(DicomTag.ContourData);
        if (values.Length % 3 != 0)
            return [];
        PatientPoint[] points = new PatientPoint[values.Length / 3];
        for (int n = 0; n < points.Length; n++)
            points[n] = new PatientPoint(values[3 * n], values[3 * n + 1], values[3 * n + 2]);
        return points;
    }

    private static ContourGeometricType GeometricType(string term) => term switch
    {
        "POINT" => ContourGeometricType.Point,
        "OPEN_PLANAR" => ContourGeometricType.OpenPlanar,
        "OPEN_NONPLANAR" => ContourGeometricType.OpenNonplanar,
        "CLOSED_PLANAR" => ContourGeometricType.ClosedPlanar,
        "CLOSEDPLANAR_XOR" => ContourGeometricType.ClosedPlanarXor,
        _ => ContourGeometricType.Unknown,
    };
}
