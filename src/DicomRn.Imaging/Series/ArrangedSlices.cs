using System.Globalization;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Series;

/// <summary>Slices of a series in the order of the grid they form.</summary>
/// <param name="Grid">The grid.</param>
/// <param name="Slices">Slice k of the grid is element k.</param>
/// <param name="Notes">What was left out of the series, as sentences; usually nothing.</param>
internal sealed record ArrangedSlices(VolumeGeometry Grid, IReadOnlyList<SliceSource> Slices, IReadOnlyList<string> Notes)
{
    /// <summary>
    /// Finds the one volume among the slices. A series of several is split; magnitude images are taken before phase, real and imaginary ones, and
    /// a volume beside stacks of too few slices, such as scouts. Between several volumes nothing here can choose.
    /// </summary>
    /// <param name="slices">All of the series.</param>
    /// <param name="stack">Which stack to take where the series has several, from 1; null for the only volume.</param>
    /// <param name="name">What to call the series in messages.</param>
    /// <exception cref="SeriesGeometryException">There is no volume, or more than one.</exception>
    public static ArrangedSlices Of(IReadOnlyList<SliceSource> slices, int? stack, string name)
    {
        SeriesGeometryException whole;
        try
        {
            ArrangedSlices all = OfOne(slices, name);
            return stack is null or 1 ? all : throw NoSuchStack(stack.Value, 1, name);
        }
        catch (SeriesGeometryException e) when (e.Reason != SeriesGeometryReason.NoSuchStack)
        {
            whole = e;
        }

        IReadOnlyList<SliceStack> stacks = SliceStack.Split(slices);
        if (stacks.Count == 1)
            throw whole;
        if (stack is not { } number)
            return Choose(stacks, whole, name);
        if (number > stacks.Count)
            throw NoSuchStack(number, stacks.Count, name);
        return Chosen(OfOne(stacks[number - 1].Slices, name), stacks, stacks[number - 1]);
    }

    private static ArrangedSlices Choose(IReadOnlyList<SliceStack> stacks, SeriesGeometryException whole, string name)
    {
        SliceStack[] candidates = [.. stacks.Where(s => s.Slices[0].Dimensions[SliceDimensions.Component] == SliceDimensions.Magnitude)];
        if (candidates.Length == 0)
            candidates = [.. stacks];
        List<(SliceStack Stack, ArrangedSlices Slices)> volumes = [];
        SeriesGeometryException? broken = null;
        foreach (SliceStack stack in candidates)
        {
            try
            {
                volumes.Add((stack, OfOne(stack.Slices, $"{name}, {stack.Label}")));
            }
            catch (SeriesGeometryException e)
            {
                if (e.Reason != SeriesGeometryReason.TooFewSlices)
                    broken ??= e;
            }
        }

        if (volumes.Count == 0)
            throw broken ?? whole;
        if (volumes.Count > 1)
        {
            throw SeriesGeometry.Refuse(
                SeriesGeometryReason.SeveralVolumes, name,
                $"it holds {volumes.Count} volumes, and nothing tells which one is meant: {List(stacks)}");
        }

        return broken is null ? Chosen(volumes[0].Slices, stacks, volumes[0].Stack) : throw broken;
    }

    private static ArrangedSlices Chosen(ArrangedSlices slices, IReadOnlyList<SliceStack> stacks, SliceStack chosen) => slices with
    {
        Notes = [$"The series holds {stacks.Count} stacks, {List(stacks)}; {chosen.Label} was used.", .. slices.Notes],
    };

    private static string List(IReadOnlyList<SliceStack> stacks) =>
        string.Join("; ", stacks.Select((s, n) => string.Create(CultureInfo.InvariantCulture, $"{n + 1}: {s.Description}")));

    private static SeriesGeometryException NoSuchStack(int stack, int count, string name) => SeriesGeometry.Refuse(
        SeriesGeometryReason.NoSuchStack, name, $"there is no stack {stack}; the series has {count}");

    private static ArrangedSlices OfOne(IReadOnlyList<SliceSource> slices, string name)
    {
        try
        {
            (VolumeGeometry grid, int[] order) = SeriesGeometry.Of([.. slices.Select(s => s.Plane)], name);
            return new ArrangedSlices(grid, [.. order.Select(n => slices[n])], []);
        }
        catch (SeriesGeometryException e) when (e.Reason == SeriesGeometryReason.DuplicatePositions)
        {
            SliceSource[] single = WithoutCopies(slices);
            if (single.Length == slices.Count)
                throw;
            (VolumeGeometry grid, int[] order) = SeriesGeometry.Of([.. single.Select(s => s.Plane)], name);
            return new ArrangedSlices(grid, [.. order.Select(n => single[n])], [string.Create(
                CultureInfo.InvariantCulture, $"{slices.Count - single.Length} of {slices.Count} images of the series are copies of others, pixel for pixel, and were left out.")]);
        }
    }

    // Images that were sent twice under new UIDs; what differs in one pixel is no copy.
    private static SliceSource[] WithoutCopies(IReadOnlyList<SliceSource> slices)
    {
        List<SliceSource> kept = [];
        foreach (IGrouping<PatientPoint, SliceSource> position in slices.GroupBy(s => s.Plane.Position))
        {
            SliceSource[] here = [.. position];
            kept.Add(here[0]);
            if (here.Length == 1)
                continue;
            float[] first = Pixels(here[0]);
            kept.AddRange(here.Skip(1).Where(s => !Pixels(s).AsSpan().SequenceEqual(first)));
        }

        return [.. kept];
    }

    private static float[] Pixels(SliceSource slice)
    {
        float[] pixels = new float[slice.Plane.Rows * slice.Plane.Columns];
        slice.Load(pixels);
        return pixels;
    }
}
