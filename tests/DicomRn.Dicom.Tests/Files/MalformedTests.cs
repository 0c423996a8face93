using CsCheck;
using DicomRn.Dicom.IO.Reader;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Files;

public sealed class MalformedTests
{
    /// <summary>Reading a file takes at most this many bytes of memory per byte of it, and a window of the reader's.</summary>
    private const int MemoryFactor = 40;

    private const int MemoryConstant = 512 * 1024;

    // Which of them are refused and why is listed with the corpus, and tested there.
    [Fact]
    public void Malformed_files_are_read_or_refused_with_the_file_named_in_bounded_memory()
    {
        string root = TestData.Require("malformed");
        int files = 0;
        List<string> wrong = [];
        foreach (string path in Directory.EnumerateFiles(root, "*.dcm", SearchOption.AllDirectories))
        {
            files++;
            string? fault = null;
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Touch(DicomFile.Open(path, FileReadOption.ReadAll).Dataset);
            }
            catch (DicomFileException e)
            {
                fault = e.Message;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (fault?.StartsWith(path + ": ", StringComparison.Ordinal) == false)
                wrong.Add($"{path} is not named: {fault}");
            if (allocated > MemoryConstant + (MemoryFactor * new FileInfo(path).Length))
                wrong.Add($"{path}: {allocated} bytes of memory for {new FileInfo(path).Length} of the file");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(files > 50);
    }

    // The worst there is: elements and items without values.
    [Theory]
    [InlineData(new byte[] { 0x09, 0x00, 0x00, 0x10, 0, 0, 0, 0 }, false)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0 }, true)]
    public void The_smallest_elements_and_items_take_memory_in_proportion(byte[] one, bool inSequence)
    {
        byte[] bytes = inSequence ? [0x40, 0x00, 0x30, 0xA7, 0xFF, 0xFF, 0xFF, 0xFF] : [];
        bytes = [.. bytes, .. Enumerable.Range(0, 20_000).SelectMany(i => inSequence ? one : [.. one[..2], (byte)i, (byte)(0x10 + (i >> 8)), .. one[4..]])];
        if (inSequence)
            bytes = [.. bytes, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        DicomDatasetReader.Read(bytes, DicomTransferSyntax.ImplicitVRLittleEndian);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryConstant + (MemoryFactor * (long)bytes.Length));
    }

    [Fact]
    public void Character_sets_beyond_those_of_the_standard_are_refused_in_memory_in_proportion()
    {
        byte[] bytes = [8, 0, 5, 0, (byte)'C', (byte)'S', 0xFE, 0xFF, .. Enumerable.Repeat((byte)'\\', 65_534)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        DicomDataException fault = Assert.ThrowsAny<DicomDataException>(() => DicomDatasetReader.Read(bytes, DicomTransferSyntax.ExplicitVRLittleEndian));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryConstant + (MemoryFactor * (long)bytes.Length));
        Assert.Contains("65535 values", fault.Message, StringComparison.Ordinal);
    }

    // As many as are read, in item after item, each with a text that they decide on.
    [Theory]
    [InlineData("\\")]
    [InlineData("X\\")]
    public void Character_sets_in_every_item_take_memory_in_proportion(string one)
    {
        byte[] terms = [.. Enumerable.Repeat(one, 31).SelectMany(static s => s).Select(static c => (byte)c)];
        byte[] name = [.. Enumerable.Repeat((byte)0xE4, 16)];
        byte[] item =
        [
            0xFE, 0xFF, 0x00, 0xE0, (byte)(8 + terms.Length + (terms.Length & 1) + 8 + name.Length), 0, 0, 0,
            8, 0, 5, 0, (byte)(terms.Length + (terms.Length & 1)), 0, 0, 0, .. terms, .. new byte[terms.Length & 1],
            0x10, 0, 0x10, 0, (byte)name.Length, 0, 0, 0, .. name,
        ];
        byte[] bytes =
        [
            0x40, 0x00, 0x30, 0xA7, 0xFF, 0xFF, 0xFF, 0xFF, .. Enumerable.Repeat(item, 2000).SelectMany(static b => b),
            0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
        ];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Touch(DicomDatasetReader.Read(bytes, DicomTransferSyntax.ImplicitVRLittleEndian));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryConstant + (MemoryFactor * (long)bytes.Length));
    }

    [Fact]
    public void More_elements_than_the_limit_are_refused()
    {
        byte[] items = [0x40, 0x00, 0x30, 0xA7, 0xFF, 0xFF, 0xFF, 0xFF, .. Enumerable.Repeat<byte[]>([0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0], 2000).SelectMany(static b => b)];
        DicomReadSettings settings = new() { Limits = new DicomReadLimits { MaximumElements = 1000 } };
        DicomFileException fault = Assert.Throws<DicomFileException>(() => new DicomDatasetReader(new DicomInput(items, "items", settings.Limits), settings)
            .ReadInto(new DicomDataset(), DicomTransferSyntax.ImplicitVRLittleEndian));
        Assert.Contains("more than 1000 elements", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_in_the_application_context_is_taken_and_a_wrong_one_is_named()
    {
        const string Name = "DicomRn.Dicom.MaximumInflatedSize";
        AppContext.SetData(Name, "4294967296");
        try
        {
            Assert.Equal(1L << 32, DicomReadLimits.Default.MaximumInflatedSize);
            Assert.Equal(64, DicomReadLimits.Default.MaximumSequenceDepth);
        }
        finally
        {
            AppContext.SetData(Name, null);
        }

        // Under a name of its own: other tests read at the same time.
        AppContext.SetData("DicomRn.Dicom.Test", "much");
        DicomDataException fault = Assert.Throws<DicomDataException>(() => DicomReadLimits.Setting("DicomRn.Dicom.Test", 1, 2));
        Assert.Contains("DicomRn.Dicom.Test", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_of_a_file_ends_with_an_answer()
    {
        byte[] whole = File.ReadAllBytes(TestData.Require("pydicom", "test_files", "rtplan.dcm"));
        for (int length = 0; length < whole.Length; length += 7)
        {
            using MemoryStream cut = new(whole, 0, length);
            try
            {
                _ = DicomFile.Open(cut);
            }
            catch (DicomFileException e)
            {
                Assert.NotNull(e.File);
            }
        }
    }

    [Theory]
    [InlineData("MR_small.dcm")]
    [InlineData("rtplan.dcm")]
    [InlineData("image_dfl.dcm")]
    [InlineData("nested_priv_SQ.dcm")]
    public void Damaged_bytes_are_read_or_refused(string name)
    {
        byte[] whole = File.ReadAllBytes(TestData.Require("pydicom", "test_files", name));
        int header = Math.Min(whole.Length, 3000);
        Gen.Select(Gen.Int[128, header - 1], Gen.Byte).Array[1, 8].Sample(
            damage =>
            {
                byte[] damaged = (byte[])whole.Clone();
                foreach ((int at, byte value) in damage)
                    damaged[at] = value;
                try
                {
                    using MemoryStream stream = new(damaged);
                    Touch(DicomFile.Open(stream).Dataset);
                }
                catch (DicomFileException e)
                {
                    Assert.NotNull(e.File);
                }
            },
            iter: 500);
    }

    [Fact]
    public void An_announced_length_beyond_the_end_reserves_no_memory()
    {
        byte[] bytes = [0x10, 0x00, 0x10, 0x00, (byte)'U', (byte)'T', 0, 0, 0xF0, 0xFF, 0xFF, 0x7F, 1, 2];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomFileException>(() => DicomDatasetReader.Read(bytes, DicomTransferSyntax.ExplicitVRLittleEndian));
        using RestStream unseekable = new(bytes, Stream.Null);
        Assert.Throws<DicomFileException>(() => DicomDatasetReader.Read(unseekable, DicomTransferSyntax.ExplicitVRLittleEndian));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Sequences_in_sequences_without_end_are_refused()
    {
        byte[] level = [0x08, 0x00, 0x40, 0x11, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
        byte[] bytes = [.. Enumerable.Repeat(level, 100_000).SelectMany(static b => b)];
        DicomFileException fault = Assert.Throws<DicomFileException>(
            () => DicomDatasetReader.Read(bytes, DicomTransferSyntax.ImplicitVRLittleEndian));
        Assert.Contains("deep", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deflated_data_set_that_grows_beyond_the_limit_is_refused()
    {
        DicomDataset dataset = new() { { DicomTag.PixelData, new byte[4 << 20] } };
        byte[] small = IO.Writer.DicomDatasetWriter.ToArray(dataset, DicomTransferSyntax.DeflatedExplicitVRLittleEndian);
        DicomReadSettings settings = new() { Limits = new DicomReadLimits { MaximumInflatedSize = 1 << 20 } };
        DicomInput input = new(small, "bomb", settings.Limits);
        DicomFileException fault = Assert.Throws<DicomFileException>(() => new DicomDatasetReader(input, settings)
            .ReadInto(new DicomDataset(), DicomTransferSyntax.DeflatedExplicitVRLittleEndian));
        Assert.Contains("larger than allowed", fault.Message, StringComparison.Ordinal);
    }

    private static void Touch(DicomDataset dataset)
    {
        foreach (DicomItem item in dataset)
        {
            if (item is DicomSequence sequence)
            {
                foreach (DicomDataset inner in sequence.Items)
                    Touch(inner);
            }
            else if (item is DicomElement element)
            {
                _ = element.Count;
                _ = element.Get<string>();
            }
        }
    }
}
