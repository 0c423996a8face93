using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.IO.Writer;

/// <summary>Values that lie in a file which is about to be replaced.</summary>
internal static class ValuesInFile
{
    /// <summary>Reads into memory what a data set holds in the file.</summary>
    public static void Load(DicomDataset dataset, string path)
    {
        foreach (DicomItem item in dataset.Items)
        {
            switch (item)
            {
                case DicomSequence sequence:
                    foreach (DicomDataset inner in sequence.Items)
                        Load(inner, path);
                    break;
                case DicomFragmentSequence fragments:
                    for (int i = 0; i < fragments.Fragments.Count; i++)
                        fragments.Fragments[i] = InMemory(fragments.Fragments[i], path);
                    break;
                case DicomElement element:
                    element.ReplaceData(data => InMemory(data, path));
                    break;
            }
        }
    }

    private static IByteBuffer InMemory(IByteBuffer buffer, string path) => LiesIn(buffer, path) ? new MemoryByteBuffer(buffer.Data) : buffer;

    private static bool LiesIn(IByteBuffer buffer, string path) => buffer switch
    {
        FileByteBuffer file => Path.GetFullPath(file.Path) == path,
        SwapByteBuffer swap => LiesIn(swap.Internal, path),
        RangeByteBuffer range => LiesIn(range.Internal, path),
        EvenLengthBuffer even => LiesIn(even.Buffer, path),
        CompositeByteBuffer composite => composite.Buffers.Any(b => LiesIn(b, path)),
        _ => false,
    };
}
