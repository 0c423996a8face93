using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Export;

/// <summary>Frames of a BINARY segmentation: functional groups, dimensions and bit-packed pixels (PS3.3 C.7.6.16, C.7.6.17, C.8.20).</summary>
internal static class SegmentFrames
{
    public static void Add(DicomDataset dataset, SegmentationExport export)
    {
        VolumeGeometry grid = export.Source.Volume.Geometry;
        dataset.AddOrUpdate(DicomTag.SamplesPerPixel, (ushort)1);
        dataset.AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.AddOrUpdate(DicomTag.NumberOfFrames, export.Segments.Count * grid.Slices);
        dataset.AddOrUpdate(DicomTag.Rows, (ushort)grid.Rows);
        dataset.AddOrUpdate(DicomTag.Columns, (ushort)grid.Columns);
        dataset.AddOrUpdate(DicomTag.BitsAllocated, (ushort)1);
        dataset.AddOrUpdate(DicomTag.BitsStored, (ushort)1);
        dataset.AddOrUpdate(DicomTag.HighBit, (ushort)0);
        dataset.AddOrUpdate(DicomTag.PixelRepresentation, (ushort)0);
        AddDimensions(dataset, export.SopInstanceUid);
        dataset.AddOrUpdate(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, Shared(grid)));
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.PerFrameFunctionalGroupsSequence,
            [.. Enumerable.Range(0, export.Segments.Count * grid.Slices).Select(f => Frame(export, f / grid.Slices, f % grid.Slices))]));
        dataset.AddOrUpdate(new DicomOtherByte(DicomTag.PixelData, Pack(export, grid)));
    }

    private static void AddDimensions(DicomDataset dataset, string sopInstanceUid)
    {
        string organization = DerivedUid.Of(sopInstanceUid, "dimension organization");
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.DimensionOrganizationSequence, new DicomDataset { { DicomTag.DimensionOrganizationUID, organization } }));
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.DimensionIndexSequence,
            Dimension(organization, DicomTag.ReferencedSegmentNumber, DicomTag.SegmentIdentificationSequence, "Segment"),
            Dimension(organization, DicomTag.ImagePositionPatient, DicomTag.PlanePositionSequence, "Slice")));
    }

    private static DicomDataset Dimension(string organization, DicomTag index, DicomTag group, string label) => new()
    {
        { DicomTag.DimensionOrganizationUID, organization },
        { DicomTag.DimensionIndexPointer, index },
        { DicomTag.FunctionalGroupPointer, group },
        { DicomTag.DimensionDescriptionLabel, label },
    };

    private static DicomDataset Shared(VolumeGeometry grid) => new()
    {
        new DicomSequence(DicomTag.PlaneOrientationSequence, new DicomDataset
        {
            { DicomTag.ImageOrientationPatient, ExportModules.Orientation(grid) },
        }),
        new DicomSequence(DicomTag.PixelMeasuresSequence, new DicomDataset
        {
            { DicomTag.SliceThickness, DecimalText.Of(grid.SpacingK) },
            { DicomTag.SpacingBetweenSlices, DecimalText.Of(grid.SpacingK) },
            { DicomTag.PixelSpacing, DecimalText.Of(grid.SpacingJ, grid.SpacingI) },
        }),
    };

    private static DicomDataset Frame(SegmentationExport export, int segment, int slice) => new()
    {
        new DicomSequence(DicomTag.DerivationImageSequence, Derivation(export.Source.Series.Instances[slice])),
        new DicomSequence(DicomTag.FrameContentSequence, new DicomDataset
        {
            { DicomTag.DimensionIndexValues, (uint)(segment + 1), (uint)(slice + 1) },
        }),
        new DicomSequence(DicomTag.PlanePositionSequence, new DicomDataset
        {
            { DicomTag.ImagePositionPatient, ExportModules.Position(export.Source.Volume.Geometry, slice) },
        }),
        new DicomSequence(DicomTag.SegmentIdentificationSequence, new DicomDataset
        {
            { DicomTag.ReferencedSegmentNumber, (ushort)(segment + 1) },
        }),
    };

    private static DicomDataset Derivation(SourceInstance instance)
    {
        DicomDataset source = ExportModules.Reference(instance.SopClassUid, instance.SopInstanceUid);
        if (instance.FrameNumber is { } frame)
            source.AddOrUpdate(DicomTag.ReferencedFrameNumber, frame);
        source.AddCode(DicomTag.PurposeOfReferenceCodeSequence, new CodedTerm("121322", "DCM", "Source image for image processing operation"));
        source.AddOrUpdate(DicomTag.SpatialLocationsPreserved, "YES");
        DicomDataset derivation = new() { new DicomSequence(DicomTag.SourceImageSequence, source) };
        derivation.AddCode(DicomTag.DerivationCodeSequence, new CodedTerm("113076", "DCM", "Segmentation"));
        return derivation;
    }

    // One bit a pixel, the first pixel in the lowest bit, frames following each other without a gap (PS3.5 8.1.1, D).
    private static byte[] Pack(SegmentationExport export, VolumeGeometry grid)
    {
        long bits = grid.VoxelCount * export.Segments.Count;
        byte[] packed = new byte[(bits + 15) / 16 * 2];
        long bit = 0;
        foreach (SegmentDefinition segment in export.Segments)
        {
            foreach (byte voxel in segment.Mask.Voxels)
            {
                if (voxel != 0)
                    packed[bit >> 3] |= (byte)(1 << (int)(bit & 7));
                bit++;
            }
        }

        return packed;
    }
}
