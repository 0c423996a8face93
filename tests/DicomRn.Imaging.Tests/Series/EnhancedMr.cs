using System.Globalization;

namespace DicomRn.Imaging.Tests.Series;

/// <summary>
/// Enhanced MR images of 2×2 pixels made in memory, in the styles of the vendors: what is shared and what is per frame, which
/// dimensions index the frames, in which order the frames come. Every pixel of a frame has the value of its number, from 1.
/// </summary>
internal sealed record EnhancedMr
{
    public DicomUID SopClass { get; init; } = DicomUID.EnhancedMRImageStorage;

    public bool SharedOrientation { get; init; }

    public bool SharedMeasures { get; init; }

    public IReadOnlyList<DicomTag> Dimensions { get; init; } = [DicomTag.StackID, DicomTag.InStackPositionNumber, DicomTag.TemporalPositionIndex];

    public required IReadOnlyList<EnhancedFrame> Frames { get; init; }

    /// <summary>Everything per frame, as Siemens XA and Philips write.</summary>
    public static EnhancedMr PerFrame(params EnhancedFrame[] frames) => new() { Frames = frames };

    /// <summary>Orientation and measures shared, as GE writes.</summary>
    public static EnhancedMr Shared(params EnhancedFrame[] frames) =>
        new() { Frames = frames, SharedOrientation = true, SharedMeasures = true };

    /// <summary>Frames indexed by their position, with shared measures, as Canon writes.</summary>
    public static EnhancedMr ByPosition(params EnhancedFrame[] frames) =>
        new() { Frames = frames, SharedMeasures = true, Dimensions = [DicomTag.ImagePositionPatient] };

    /// <summary>Slices 3 mm apart, in every kind of image.</summary>
    /// <param name="count">Slices.</param>
    /// <param name="of">The frames at one position; null for one plain frame.</param>
    public static EnhancedFrame[] Slices(int count, params Func<EnhancedFrame, EnhancedFrame>[] of) =>
        [.. Enumerable.Range(0, count).SelectMany(k => (of.Length > 0 ? of : [f => f]).Select(kind => kind(new EnhancedFrame(k))))];

    public DicomDataset ToDataset()
    {
        DicomDataset image = new()
        {
            { DicomTag.SOPClassUID, SopClass },
            { DicomTag.SOPInstanceUID, "1.2.3.5.1" },
            { DicomTag.StudyInstanceUID, "1.2.3.1" },
            { DicomTag.SeriesInstanceUID, "1.2.3.2" },
            { DicomTag.FrameOfReferenceUID, "1.2.3.3" },
            { DicomTag.Modality, "MR" },
            { DicomTag.NumberOfFrames, Frames.Count },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.Rows, (ushort)2 },
            { DicomTag.Columns, (ushort)2 },
            { DicomTag.BitsAllocated, (ushort)16 },
            { DicomTag.BitsStored, (ushort)16 },
            { DicomTag.HighBit, (ushort)15 },
            { DicomTag.PixelRepresentation, (ushort)0 },
        };
        image.Add(new DicomSequence(DicomTag.DimensionIndexSequence, [.. Dimensions.Select(d => new DicomDataset
        {
            new DicomAttributeTag(DicomTag.DimensionIndexPointer, d),
        })]));
        DicomDataset shared = new();
        if (SharedOrientation)
            shared.Add(Frames[0].Orientation());
        if (SharedMeasures)
            shared.Add(EnhancedFrame.Measures());
        image.Add(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, shared));
        image.Add(new DicomSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. Frames.Select(f => f.Groups(!SharedOrientation, !SharedMeasures, Dimensions.Count))]));
        image.Add(new DicomOtherWord(DicomTag.PixelData, [.. Frames.SelectMany((f, n) => Enumerable.Repeat(f.Pixel ?? (ushort)(n + 1), 4))]));
        return image;
    }
}

/// <summary>A frame of an <see cref="EnhancedMr"/>; what is null is not in the file.</summary>
internal sealed record EnhancedFrame(int Slice)
{
    public string? StackId { get; init; } = "1";

    public uint? TemporalPosition { get; init; }

    public double? EchoTime { get; init; }

    public string? Component { get; init; }

    public uint? OtherIndex { get; init; }

    public decimal? Slope { get; init; }

    public double? RealWorldSlope { get; init; }

    public ushort? Pixel { get; init; }

    /// <summary>Whether the plane is sagittal, not axial.</summary>
    public bool Sagittal { get; init; }

    /// <summary>Echo time as a legacy converted image keeps it.</summary>
    public decimal? UnassignedEchoTime { get; init; }

    public static DicomSequence Measures() => new(DicomTag.PixelMeasuresSequence, new DicomDataset { { DicomTag.PixelSpacing, 2m, 0.5m }, { DicomTag.SliceThickness, 3m } });

    public DicomSequence Orientation() => new(DicomTag.PlaneOrientationSequence, Sagittal
        ? new DicomDataset { { DicomTag.ImageOrientationPatient, 0m, 1m, 0m, 0m, 0m, -1m } }
        : new DicomDataset { { DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0m, 1m, 0m } });

    public DicomDataset Groups(bool orientation, bool measures, int dimensions)
    {
        DicomDataset content = new();
        if (StackId is not null)
            content.Add(DicomTag.StackID, StackId);
        content.Add(DicomTag.InStackPositionNumber, (uint)Slice + 1);
        if (TemporalPosition is { } time)
            content.Add(DicomTag.TemporalPositionIndex, time);
        if (OtherIndex is { } other)
            content.Add(DicomTag.DimensionIndexValues, [.. Enumerable.Repeat(1u, dimensions - 1), other]);
        decimal at = 3m * Slice;
        DicomDataset groups = new()
        {
            new DicomSequence(DicomTag.FrameContentSequence, content),
            new DicomSequence(DicomTag.PlanePositionSequence, Sagittal
                ? new DicomDataset { { DicomTag.ImagePositionPatient, at, -10m, 10m } }
                : new DicomDataset { { DicomTag.ImagePositionPatient, -10m, -10m, at } }),
        };
        if (orientation)
            groups.Add(Orientation());
        if (measures)
            groups.Add(Measures());
        if (EchoTime is { } echo)
            groups.Add(new DicomSequence(DicomTag.MREchoSequence, new DicomDataset { { DicomTag.EffectiveEchoTime, echo } }));
        if (Component is not null)
            groups.Add(new DicomSequence(DicomTag.MRImageFrameTypeSequence, new DicomDataset { { DicomTag.ComplexImageComponent, Component } }));
        if (Slope is { } slope)
        {
            groups.Add(new DicomSequence(DicomTag.PixelValueTransformationSequence, new DicomDataset
            {
                { DicomTag.RescaleIntercept, 0m }, { DicomTag.RescaleSlope, slope },
            }));
        }

        if (RealWorldSlope is { } real)
        {
            groups.Add(new DicomSequence(DicomTag.RealWorldValueMappingSequence, new DicomDataset
            {
                { DicomTag.RealWorldValueIntercept, 0.0 }, { DicomTag.RealWorldValueSlope, real },
            }));
        }

        if (UnassignedEchoTime is { } unassigned)
        {
            groups.Add(new DicomSequence(DicomTag.UnassignedPerFrameConvertedAttributesSequence, new DicomDataset
            {
                { DicomTag.EchoTime, unassigned.ToString(CultureInfo.InvariantCulture) },
            }));
        }

        return groups;
    }
}
