using DicomRn.Imaging.Series;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>
/// One picture of an attention overlay as a Secondary Capture image (PS3.3 A.8.1): RGB, 8 bits, interleaved, uncompressed.
/// </summary>
internal sealed record OverlayCapture
{
    /// <summary>SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Series Instance UID: one series per lesion.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Series Number.</summary>
    public required int SeriesNumber { get; init; }

    /// <summary>Instance Number from 1, in the order of the slices.</summary>
    public required int InstanceNumber { get; init; }

    /// <summary>Series Description.</summary>
    public required string SeriesDescription { get; init; }

    /// <summary>What the picture was computed from and how, one sentence.</summary>
    public required string Derivation { get; init; }

    /// <summary>The image below the overlay.</summary>
    public required StructuredReport.ImageReference Source { get; init; }

    /// <summary>How the image below the overlay lost information to compression; null where it did not.</summary>
    public LossyCompression? Lossy { get; init; }

    /// <summary>Width, pixels.</summary>
    public required int Columns { get; init; }

    /// <summary>Height, pixels.</summary>
    public required int Rows { get; init; }

    /// <summary>Red, green, blue of each pixel, row by row.</summary>
    public required byte[] Rgb { get; init; }

    /// <summary>The object.</summary>
    public DicomDataset ToDataset(ResultHeader header)
    {
        DicomDataset d = header.Begin(
            ResultClasses.Of(ResultKind.SC), SopInstanceUid, SeriesInstanceUid, "OT", SeriesNumber, SeriesDescription);
        d.AddOrUpdate(DicomTag.ConversionType, "WSD");
        d.AddOrUpdate(DicomTag.ImageType, "DERIVED", "SECONDARY");
        d.AddOrUpdate(DicomTag.InstanceNumber, InstanceNumber);
        d.AddOrUpdate(DicomTag.PatientOrientation, "");
        d.AddOrUpdate(DicomTag.DerivationDescription, Derivation);
        DicomDataset source = Source.ToItem();
        source.Add(ReportCodes.SourceImageForProcessing.In(DicomTag.PurposeOfReferenceCodeSequence));
        d.AddOrUpdate(new DicomSequence(DicomTag.SourceImageSequence, source));
        d.AddOrUpdate(DicomTag.ContentQualification, "RESEARCH");
        d.AddOrUpdate(DicomTag.BurnedInAnnotation, "NO");
        LossyCompression.Write(Lossy, d);
        d.AddOrUpdate(DicomTag.SamplesPerPixel, (ushort)3);
        d.AddOrUpdate(DicomTag.PhotometricInterpretation, "RGB");
        d.AddOrUpdate(DicomTag.PlanarConfiguration, (ushort)0);
        d.AddOrUpdate(DicomTag.Rows, (ushort)Rows);
        d.AddOrUpdate(DicomTag.Columns, (ushort)Columns);
        d.AddOrUpdate(DicomTag.BitsAllocated, (ushort)8);
        d.AddOrUpdate(DicomTag.BitsStored, (ushort)8);
        d.AddOrUpdate(DicomTag.HighBit, (ushort)7);
        d.AddOrUpdate(DicomTag.PixelRepresentation, (ushort)0);
        d.AddOrUpdate(new DicomOtherByte(DicomTag.PixelData, Rgb.Length % 2 == 0 ? Rgb : [.. Rgb, 0]));
        return d;
    }
}
