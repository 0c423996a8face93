using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Tests.Datasets;

public sealed class DatasetWalkerTests
{
    private static readonly string[] Expected =
    [
        "begin", "(0008,0060)", "sequence (0040,a730)", "item 1", "(0040,a160)", "end of item", "item 1", "sequence (0040,a730)", "end of sequence",
        "end of item", "end of sequence", "fragments (7fe0,0010)", "2 bytes", "4 bytes", "end of fragments", "end",
    ];

    [Fact]
    public async Task Everything_in_a_data_set_is_told_of_in_its_order()
    {
        DicomOtherByteFragment pixels = new(DicomTag.PixelData);
        pixels.Add(EmptyBuffer.Value);
        pixels.Add(new MemoryByteBuffer(new byte[2]));
        pixels.Add(new MemoryByteBuffer(new byte[4]));
        DicomDataset dataset = new()
        {
            new DicomCodeString(DicomTag.Modality, "MR"),
            new DicomSequence(
                DicomTag.ContentSequence,
                new DicomDataset { { DicomTag.TextValue, "one" } },
                new DicomDataset { new DicomSequence(DicomTag.ContentSequence) }),
            pixels,
        };
        Recorder walked = new(), awaited = new();
        new DicomDatasetWalker(dataset).Walk(walked);
        Assert.Equal(Expected, walked.Heard);
        await new DicomDatasetWalker(dataset).WalkAsync(awaited);
        Assert.Equal(Expected, awaited.Heard);
        Assert.Equal((0, 4), (walked.Awaited, awaited.Awaited));
    }

    [Fact]
    public async Task Walk_that_fails_ends()
    {
        DicomDatasetWalker walk = new(new DicomDataset { { DicomTag.Modality, "MR" } });
        Recorder walked = new() { Fails = true }, awaited = new() { Fails = true };
        Assert.Throws<InvalidOperationException>(() => walk.Walk(walked));
        await Assert.ThrowsAsync<InvalidOperationException>(() => walk.WalkAsync(awaited));
        Assert.Equal(["begin", "end"], walked.Heard);
        Assert.Equal(["begin", "end"], awaited.Heard);
    }

    [Fact]
    public void Depth_is_no_matter()
    {
        DicomDataset dataset = new();
        for (int i = 0; i < 20_000; i++)
        {
            DicomSequence sequence = new(DicomTag.ContentSequence);
            sequence.Items.Add(dataset);
            dataset = new DicomDataset();
            dataset.AddRead(sequence);
        }

        Recorder recorder = new();
        new DicomDatasetWalker(dataset).Walk(recorder);
        Assert.Equal(2 + (4 * 20_000), recorder.Heard.Count);
    }

    private sealed class Recorder : IDicomDatasetWalker
    {
        public bool Fails { get; init; }

        public List<string> Heard { get; } = [];

        public int Awaited { get; private set; }

        public void OnBeginWalk() => Note("begin");

        public bool OnElement(DicomElement element) => !Fails ? Note($"{element.Tag}") : throw new InvalidOperationException();

        public Task<bool> OnElementAsync(DicomElement element)
        {
            Awaited++;
            return Task.FromResult(OnElement(element));
        }

        public bool OnBeginSequence(DicomSequence sequence) => Note($"sequence {sequence.Tag}");

        public bool OnBeginSequenceItem(DicomDataset dataset) => Note($"item {dataset.Count}");

        public bool OnEndSequenceItem() => Note("end of item");

        public bool OnEndSequence() => Note("end of sequence");

        public bool OnBeginFragment(DicomFragmentSequence fragment) => Note($"fragments {fragment.Tag}");

        public bool OnFragmentItem(IByteBuffer item) => Note($"{item.Size} bytes");

        public Task<bool> OnFragmentItemAsync(IByteBuffer item)
        {
            Awaited++;
            return Task.FromResult(OnFragmentItem(item));
        }

        public bool OnEndFragment() => Note("end of fragments");

        public void OnEndWalk() => Note("end");

        private bool Note(string what)
        {
            Heard.Add(what);
            return true;
        }
    }
}
