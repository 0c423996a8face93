using System.Globalization;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Tests.Segmentation;

/// <summary>Segmentations made in memory as other programs write them: only frames that are not empty, in any order, bits without gaps between frames.</summary>
internal static class SparseSegmentation
{
    /// <summary>A BINARY segmentation.</summary>
    /// <param name="grid">Slices in the order of K.</param>
    /// <param name="masks">One per segment, numbered from 1.</param>
    /// <param name="seed">Of the order of frames.</param>
    public static DicomDataset Binary(VolumeGeometry grid, IReadOnlyList<byte[]> masks, int seed = 1)
    {
        List<(int Segment, int Slice)> frames = Frames(grid, masks, seed);
        int size = grid.Columns * grid.Rows;
        byte[] bits = new byte[(frames.Count * size + 7) / 8];
        for (int n = 0; n < frames.Count; n++)
        {
            for (int p = 0; p < size; p++)
            {
                if (masks[frames[n].Segment][frames[n].Slice * size + p] != 0)
                    bits[(n * size + p) >> 3] |= (byte)(1 << ((n * size + p) & 7));
            }
        }

        return Dataset(grid, masks.Count, "BINARY", 1, frames, bits);
    }

    /// <summary>A FRACTIONAL segmentation of values from 0 to <paramref name="maximum"/>.</summary>
    public static DicomDataset Fractional(VolumeGeometry grid, byte[] values, byte maximum)
    {
        List<(int Segment, int Slice)> frames = Frames(grid, [values], 1);
        int size = grid.Columns * grid.Rows;
        DicomDataset dataset = Dataset(grid, 1, "FRACTIONAL", 8, frames, [.. frames.SelectMany(f => values.Skip(f.Slice * size).Take(size))]);
        dataset.Add(DicomTag.MaximumFractionalValue, (ushort)maximum);
        return dataset;
    }

    /// <summary>A label map.</summary>
    public static DicomDataset LabelMap(VolumeGeometry grid, byte[] labels, int segments)
    {
        List<(int Segment, int Slice)> frames = Frames(grid, [labels], 1);
        int size = grid.Columns * grid.Rows;
        DicomDataset dataset = Dataset(grid, segments, "LABELMAP", 8, frames, [.. frames.SelectMany(f => labels.Skip(f.Slice * size).Take(size))]);
        dataset.AddOrUpdate(DicomTag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.66.7");
        foreach (DicomDataset frame in dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items)
            frame.Remove(DicomTag.SegmentIdentificationSequence);
        return dataset;
    }

    private static List<(int Segment, int Slice)> Frames(VolumeGeometry grid, IReadOnlyList<byte[]> masks, int seed)
    {
        int size = grid.Columns * grid.Rows;
        Random random = new(seed);
        return
        [
            .. Enumerable.Range(0, masks.Count).SelectMany(s => Enumerable.Range(0, grid.Slices).Select(k => (s, k)))
                .Where(f => masks[f.s].AsSpan(f.k * size, size).ContainsAnyExcept((byte)0)).OrderBy(_ => random.Next()),
        ];
    }

    private static DicomDataset Dataset(
        VolumeGeometry grid, int segments, string type, ushort bitsAllocated, List<(int Segment, int Slice)> frames, byte[] pixels)
    {
        static string[] Texts(params double[] values) => Array.ConvertAll(values, v => v.ToString("0.#########", CultureInfo.InvariantCulture));

        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, DicomUID.SegmentationStorage },
            { DicomTag.SOPInstanceUID, "1.2.3.6.1" },
            { DicomTag.StudyInstanceUID, "1.2.3.1" },
            { DicomTag.SeriesInstanceUID, "1.2.3.6" },
            { DicomTag.FrameOfReferenceUID, "1.2.3.3" },
            { DicomTag.Modality, "SEG" },
            { DicomTag.SegmentationType, type },
            { DicomTag.NumberOfFrames, frames.Count },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.Rows, (ushort)grid.Rows },
            { DicomTag.Columns, (ushort)grid.Columns },
            { DicomTag.BitsAllocated, bitsAllocated },
            { DicomTag.BitsStored, bitsAllocated },
            { DicomTag.HighBit, (ushort)(bitsAllocated - 1) },
            { DicomTag.PixelRepresentation, (ushort)0 },
        };
        dataset.Add(new DicomSequence(DicomTag.SegmentSequence, [.. Enumerable.Range(1, segments).Select(n => new DicomDataset
        {
            { DicomTag.SegmentNumber, (ushort)n }, { DicomTag.SegmentLabel, $"Lesion {n}" },
        })]));
        dataset.Add(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, new DicomDataset
        {
            new DicomSequence(DicomTag.PlaneOrientationSequence, new DicomDataset
            {
                { DicomTag.ImageOrientationPatient, Texts(grid.DirectionI.X, grid.DirectionI.Y, grid.DirectionI.Z, grid.DirectionJ.X, grid.DirectionJ.Y, grid.DirectionJ.Z) },
            }),
            new DicomSequence(DicomTag.PixelMeasuresSequence, new DicomDataset
            {
                { DicomTag.PixelSpacing, Texts(grid.SpacingJ, grid.SpacingI) }, { DicomTag.SpacingBetweenSlices, Texts(grid.SpacingK) },
            }),
        }));
        dataset.Add(new DicomSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. frames.Select(f =>
        {
            PatientPoint at = grid.ToPatient(new VoxelPoint(0, 0, f.Slice));
            return new DicomDataset
            {
                new DicomSequence(DicomTag.PlanePositionSequence, new DicomDataset { { DicomTag.ImagePositionPatient, Texts(at.X, at.Y, at.Z) } }),
                new DicomSequence(DicomTag.SegmentIdentificationSequence, new DicomDataset { { DicomTag.ReferencedSegmentNumber, (ushort)(f.Segment + 1) } }),
            };
        })]));
        dataset.Add(new DicomOtherByte(DicomTag.PixelData, pixels.Length % 2 == 0 ? pixels : [.. pixels, 0]));
        return dataset;
    }
}
