using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Series;

/// <summary>The plane of one image or frame in patient space (PS3.3 C.7.6.2).</summary>
internal sealed record SlicePlane
{
    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required PatientPoint Position { get; init; }

    public required PatientVector RowDirection { get; init; }

    public required PatientVector ColumnDirection { get; init; }

    /// <summary>Distance of columns, mm: the second value of Pixel Spacing.</summary>
    public required double SpacingI { get; init; }

    /// <summary>Distance of rows, mm: the first value of Pixel Spacing.</summary>
    public required double SpacingJ { get; init; }

    public PatientVector Normal => RowDirection.Cross(ColumnDirection);

    /// <summary>From the attributes of a single-frame image; null if one is missing or no number.</summary>
    public static SlicePlane? From(DicomDataset dataset) => From(dataset, dataset, dataset, dataset);

    /// <summary>From data sets that hold Rows and Columns, the position, the orientation and the spacing.</summary>
    public static SlicePlane? From(DicomDataset image, DicomDataset position, DicomDataset orientation, DicomDataset measures)
    {
        double[] p = position.Numbers(DicomTag.ImagePositionPatient), o = orientation.Numbers(DicomTag.ImageOrientationPatient);
        double[] s = measures.Numbers(DicomTag.PixelSpacing);
        int rows = image.Integer(DicomTag.Rows) ?? 0, columns = image.Integer(DicomTag.Columns) ?? 0;
        if (p.Length != 3 || o.Length != 6 || s.Length != 2 || rows < 1 || columns < 1 || !(s[0] > 0) || !(s[1] > 0))
            return null;
        return new SlicePlane
        {
            Rows = rows,
            Columns = columns,
            Position = new PatientPoint(p[0], p[1], p[2]),
            RowDirection = new PatientVector(o[0], o[1], o[2]),
            ColumnDirection = new PatientVector(o[3], o[4], o[5]),
            SpacingI = s[1],
            SpacingJ = s[0],
        };
    }
}
