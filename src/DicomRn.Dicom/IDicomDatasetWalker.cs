using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>
/// Hears of everything in a data set, in its order. What the methods answer, whether all went well, does not change the walk; an
/// exception ends it.
/// </summary>
public interface IDicomDatasetWalker
{
    /// <summary>The walk begins.</summary>
    void OnBeginWalk();

    /// <summary>An element that is neither a sequence nor encapsulated pixel data.</summary>
    bool OnElement(DicomElement element);

    /// <summary>As <see cref="OnElement"/>, in an asynchronous walk.</summary>
    Task<bool> OnElementAsync(DicomElement element);

    /// <summary>A sequence begins; its items follow.</summary>
    bool OnBeginSequence(DicomSequence sequence);

    /// <summary>An item of a sequence begins; its elements follow.</summary>
    bool OnBeginSequenceItem(DicomDataset dataset);

    /// <summary>The item that began last ends.</summary>
    bool OnEndSequenceItem();

    /// <summary>The sequence that began last ends.</summary>
    bool OnEndSequence();

    /// <summary>Encapsulated pixel data begin (PS3.5 A.4); their fragments follow, without the offset table.</summary>
    bool OnBeginFragment(DicomFragmentSequence fragment);

    /// <summary>A fragment.</summary>
    bool OnFragmentItem(IByteBuffer item);

    /// <summary>As <see cref="OnFragmentItem"/>, in an asynchronous walk.</summary>
    Task<bool> OnFragmentItemAsync(IByteBuffer item);

    /// <summary>The encapsulated pixel data end.</summary>
    bool OnEndFragment();

    /// <summary>The walk is over, after an exception too.</summary>
    void OnEndWalk();
}
