namespace DicomRn.Imaging.Series;

/// <summary>
/// Where a slice comes from: a single-frame image, or a frame of a multi-frame one, whose plane and rescale lie in its functional groups, per frame or shared
/// (PS3.3 C.7.6.16).
/// </summary>
internal sealed record SliceSource
{
    public required DicomDataset Dataset { get; init; }

    public string? Path { get; init; }

    /// <summary>From 1; null for a single-frame image.</summary>
    public int? Frame { get; init; }

    public required DicomDataset Rescale { get; init; }

    public required SlicePlane Plane { get; init; }

    /// <summary>What tells it from other images at its position.</summary>
    public required SliceDimensions Dimensions { get; init; }

    /// <exception cref="SeriesGeometryException">An attribute of the plane is missing or malformed.</exception>
    public static IEnumerable<SliceSource> Of(DicomDataset dataset, string? path)
    {
        if (!dataset.Contains(DicomTag.PerFrameFunctionalGroupsSequence))
            return [SingleFrame(dataset, path)];
        DicomDataset shared = dataset.FirstItem(DicomTag.SharedFunctionalGroupsSequence) ?? new DicomDataset();
        DicomDataset[] frames = [.. dataset.Items(DicomTag.PerFrameFunctionalGroupsSequence)];
        int count = dataset.Integer(DicomTag.NumberOfFrames) ?? frames.Length;
        if (count != frames.Length)
            throw Missing(dataset, path, $"{count} frames with functional groups for {frames.Length}");
        return frames.Select((own, n) => MultiFrame(dataset, path, shared, own, n + 1));
    }

    /// <exception cref="SeriesGeometryException">The pixels are not of a kind that can be read.</exception>
    public void Load(Span<float> slice)
    {
        string name = Path ?? Dataset.Describe();
        StoredPixels stored = StoredPixels.Of(Dataset, name).Rescaled(Rescale);
        switch (Dataset.GetDicomItem<DicomItem>(DicomTag.PixelData))
        {
            case DicomElement pixels:
                LoadNative(pixels.Buffer, stored, slice, name);
                break;
            case DicomFragmentSequence:
                LoadCompressed(stored, slice, name);
                break;
            default:
                throw SeriesGeometry.Refuse(SeriesGeometryReason.UnreadablePixels, name, $"it has no pixel data");
        }
    }

    private void LoadNative(IByteBuffer buffer, StoredPixels stored, Span<float> slice, string name)
    {
        long size = stored.FrameBytes(slice.Length), start = ((Frame ?? 1) - 1) * size;
        byte[] frame = new byte[Math.Clamp(buffer.Size - start, 0, size)];
        buffer.GetByteRange(start, frame.Length, frame);
        stored.Decode(frame, slice, name);
    }

    private void LoadCompressed(StoredPixels stored, Span<float> slice, string name)
    {
        DicomTransferSyntax syntax = Dataset.InternalTransferSyntax;
        DicomTranscoder transcoder = new(syntax, DicomTransferSyntax.ExplicitVRLittleEndian);
        byte[] frame;
        try
        {
            frame = transcoder.DecodeFrame(Dataset, (Frame ?? 1) - 1).Data;
        }
        // Damaged data may fail in a codec in any way.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw SeriesGeometry.Refuse(
                SeriesGeometryReason.UnreadablePixels, name, $"its pixels ({syntax.UID.Name}) cannot be decoded: {e.Message}");
        }

        stored.Decode(frame, slice, name);
    }

    public SourceInstance ToInstance() => new()
    {
        SopClassUid = Dataset.Text(DicomTag.SOPClassUID),
        SopInstanceUid = Dataset.Text(DicomTag.SOPInstanceUID),
        FrameNumber = Frame,
        InstanceNumber = Dataset.Integer(DicomTag.InstanceNumber),
        Position = Plane.Position,
        Path = Path,
    };

    private static SliceSource SingleFrame(DicomDataset dataset, string? path)
    {
        int frames = dataset.Integer(DicomTag.NumberOfFrames) ?? 1;
        if (frames > 1)
            throw Missing(dataset, path, $"{frames} frames without functional groups");
        SlicePlane plane = SlicePlane.From(dataset) ?? throw Missing(
            dataset, path,
            $"Rows, Columns, Pixel Spacing, Image Position (Patient) or Image Orientation (Patient) is missing or malformed");
        return new SliceSource { Dataset = dataset, Path = path, Plane = plane, Rescale = dataset, Dimensions = SliceDimensions.Of(dataset) };
    }

    private static SliceSource MultiFrame(DicomDataset dataset, string? path, DicomDataset shared, DicomDataset own, int frame)
    {
        DicomDataset? position = Group(DicomTag.PlanePositionSequence), orientation = Group(DicomTag.PlaneOrientationSequence);
        DicomDataset? measures = Group(DicomTag.PixelMeasuresSequence);
        SlicePlane? plane = position is null || orientation is null || measures is null
            ? null
            : SlicePlane.From(dataset, position, orientation, measures);
        return new SliceSource
        {
            Dataset = dataset,
            Path = path,
            Frame = frame,
            Plane = plane ?? throw Missing(dataset, path, $"frame {frame} has no plane (position, orientation, pixel spacing)"),
            Rescale = Group(DicomTag.PixelValueTransformationSequence) ?? Group(DicomTag.RealWorldValueMappingSequence) ?? dataset,
            Dimensions = SliceDimensions.Of(dataset, shared, own),
        };

        DicomDataset? Group(DicomTag group) => own.FirstItem(group) ?? shared.FirstItem(group);
    }

    private static SeriesGeometryException Missing(DicomDataset dataset, string? path, FormattableString what) =>
        SeriesGeometry.Refuse(SeriesGeometryReason.MissingAttributes, path ?? dataset.Describe(), what);
}
