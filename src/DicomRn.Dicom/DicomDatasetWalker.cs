using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Goes through a data set with all that its sequences and its encapsulated pixel data hold.</summary>
public class DicomDatasetWalker
{
    private readonly DicomDataset _dataset;

    /// <summary>Walks through this data set.</summary>
    public DicomDatasetWalker(DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _dataset = dataset;
    }

    private enum Place
    {
        Element,
        SequenceBegin,
        ItemBegin,
        ItemEnd,
        SequenceEnd,
        FragmentsBegin,
        Fragment,
        FragmentsEnd,
    }

    /// <summary>Tells the walker of everything in order; its exceptions pass through.</summary>
    public void Walk(IDicomDatasetWalker walker)
    {
        ArgumentNullException.ThrowIfNull(walker);
        try
        {
            walker.OnBeginWalk();
            foreach ((Place place, object what) in Steps(_dataset))
            {
                if (place == Place.Element)
                    walker.OnElement((DicomElement)what);
                else if (place == Place.Fragment)
                    walker.OnFragmentItem((IByteBuffer)what);
                else
                    Tell(walker, place, what);
            }
        }
        finally
        {
            walker.OnEndWalk();
        }
    }

    /// <summary>As <see cref="Walk"/>, and waits for the walker at elements and fragments.</summary>
    public async Task WalkAsync(IDicomDatasetWalker walker)
    {
        ArgumentNullException.ThrowIfNull(walker);
        try
        {
            walker.OnBeginWalk();
            foreach ((Place place, object what) in Steps(_dataset))
            {
                if (place == Place.Element)
                    await walker.OnElementAsync((DicomElement)what).ConfigureAwait(false);
                else if (place == Place.Fragment)
                    await walker.OnFragmentItemAsync((IByteBuffer)what).ConfigureAwait(false);
                else
                    Tell(walker, place, what);
            }
        }
        finally
        {
            walker.OnEndWalk();
        }
    }

    private static bool Tell(IDicomDatasetWalker walker, Place place, object what) => place switch
    {
        Place.SequenceBegin => walker.OnBeginSequence((DicomSequence)what),
        Place.ItemBegin => walker.OnBeginSequenceItem((DicomDataset)what),
        Place.ItemEnd => walker.OnEndSequenceItem(),
        Place.SequenceEnd => walker.OnEndSequence(),
        Place.FragmentsBegin => walker.OnBeginFragment((DicomFragmentSequence)what),
        _ => walker.OnEndFragment(),
    };

    // What lies open is kept on a stack of its own: sequences may be deeper than the thread's allows.
    private static IEnumerable<(Place Place, object What)> Steps(DicomDataset dataset)
    {
        Stack<IEnumerator<(Place Place, object What)>> open = new([Level(dataset)]);
        while (open.TryPeek(out IEnumerator<(Place Place, object What)>? level))
        {
            if (!level.MoveNext())
            {
                open.Pop();
                continue;
            }

            yield return level.Current;
            if (level.Current is (Place.ItemBegin, DicomDataset item))
                open.Push(Level(item));
        }
    }

    private static IEnumerator<(Place Place, object What)> Level(DicomDataset dataset)
    {
        foreach (DicomItem item in dataset)
        {
            if (item is DicomElement)
            {
                yield return (Place.Element, item);
            }
            else if (item is DicomSequence sequence)
            {
                yield return (Place.SequenceBegin, sequence);
                foreach (DicomDataset inner in sequence)
                {
                    yield return (Place.ItemBegin, inner);
                    yield return (Place.ItemEnd, inner);
                }

                yield return (Place.SequenceEnd, sequence);
            }
            else if (item is DicomFragmentSequence fragments)
            {
                yield return (Place.FragmentsBegin, fragments);
                foreach (IByteBuffer fragment in fragments)
                    yield return (Place.Fragment, fragment);
                yield return (Place.FragmentsEnd, fragments);
            }
        }
    }
}
