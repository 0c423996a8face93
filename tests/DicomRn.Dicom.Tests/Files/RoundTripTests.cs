using CsCheck;
using DicomRn.Dicom.IO.Buffer;
using DicomRn.Dicom.IO.Reader;
using DicomRn.Dicom.IO.Writer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Files;

public sealed class RoundTripTests
{
    private static readonly DicomTransferSyntax[] Syntaxes =
    [
        DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian,
        DicomTransferSyntax.DeflatedExplicitVRLittleEndian,
    ];

    private static readonly Gen<string> Ascii = Gen.String[Gen.Char['0', 'z'].Where(static c => c is not ('\\' or '^' or '=')), 0, 20]
        .Select(static s => s.Trim());

    private static readonly Gen<DicomItem> AnyElement = Gen.OneOf<DicomItem>(
        Ascii.Array[0, 4].Select(static v => (DicomItem)new DicomLongString(DicomTag.SeriesDescription, v)),
        Ascii.Select(static v => (DicomItem)new DicomShortText(DicomTag.DerivationDescription, v)),
        Gen.UShort.Array[0, 5].Select(static v => (DicomItem)new DicomUnsignedShort(DicomTag.FrameNumbersOfInterest, v)),
        Gen.Double.Array[0, 5].Select(static v => (DicomItem)new DicomFloatingPointDouble(DicomTag.RealWorldValueLUTData, v)),
        Gen.Float.Array[0, 5].Select(static v => (DicomItem)new DicomOtherFloat(DicomTag.FloatPixelData, v)),
        Gen.Decimal[-1000000m, 1000000m].Array[0, 6].Select(static v => (DicomItem)new DicomDecimalString(DicomTag.ContourData, v)),
        Gen.Int.Array[0, 3].Select(static v => (DicomItem)new DicomIntegerString(DicomTag.InstanceNumber, v)),
        Gen.Byte.Array[0, 300].Select(static v => (DicomItem)new DicomOtherByte(DicomTag.EncapsulatedDocument, v)),
        Gen.UInt.Array[0, 3].Select(static v => (DicomItem)new DicomAttributeTag(
            DicomTag.FrameIncrementPointer, Array.ConvertAll(v, static t => (DicomTag)t))),
        Gen.Const((DicomItem)new DicomUniqueIdentifier(DicomTag.SOPInstanceUID, DicomUID.Generate())));

    private static readonly Gen<DicomDataset> AnyDataset = Gen.Recursive<DicomDataset>((depth, inner) =>
        depth > 3
            ? AnyElement.Array[0, 6].Select(static items => Dataset(items, []))
            : Gen.Select(AnyElement.Array[0, 6], inner.Array[0, 3], static (items, nested) => Dataset(items, nested)));

    [Fact]
    public void Any_data_set_is_read_as_it_was_written()
    {
        Gen.Select(AnyDataset, Gen.Int[0, 2], Gen.Bool, Gen.Bool).Sample(
            static (dataset, syntax, explicitSequences, explicitItems) =>
            {
                DicomWriteOptions options = new() { ExplicitLengthSequences = explicitSequences, ExplicitLengthSequenceItems = explicitItems };
                byte[] bytes = DicomDatasetWriter.ToArray(dataset, Syntaxes[syntax], options);
                Assert.Equal(0, bytes.Length % 2);
                DicomDataset read = DicomDatasetReader.Read(bytes, Syntaxes[syntax]);
                Assert.Equal(dataset, Padded(read, dataset));
            },
            iter: 2000);
    }

    [Fact]
    public async Task Saved_files_pass_dcmftest_and_dcmdump()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string dcmftest = ExternalTool.Require("dcmftest", "dcmtk"), dcmdump = ExternalTool.Require("dcmdump", "dcmtk");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dicomrn");
        try
        {
            foreach (DicomTransferSyntax syntax in Syntaxes)
            {
                DicomDataset dataset = new(syntax)
                {
                    { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
                    { DicomTag.SOPInstanceUID, DicomUID.Generate() },
                    { DicomTag.PatientName, "Phantom^One" },
                    { DicomTag.AnatomicRegionSequence, new DicomDataset { { DicomTag.CodeMeaning, "Brain" } }, new DicomDataset() },
                    { DicomVR.LO, new DicomTag(0x0099, 0x0001, "DICOMRN TEST"), "private" },
                };
                string path = Path.Combine(folder.FullName, syntax.UID.UID + ".dcm");
                await new DicomFile(dataset).SaveAsync(path);
                (int test, string answer, _) = await ExternalTool.RunAsync(dcmftest, [path], cancellation);
                Assert.Equal(0, test);
                Assert.StartsWith("yes:", answer, StringComparison.Ordinal);
                (int dump, string text, string errors) = await ExternalTool.RunAsync(dcmdump, ["+fo", path], cancellation);
                Assert.Equal(0, dump);
                Assert.DoesNotContain("W:", errors, StringComparison.Ordinal);
                Assert.Contains("[Phantom^One]", text, StringComparison.Ordinal);
                DicomFile read = DicomFile.Open(path);
                DicomElement? hidden = read.Dataset.GetDicomItem<DicomElement>(new DicomTag(0x0099, 0x0001, "DICOMRN TEST"));
                Assert.Equal("private "u8, hidden!.Buffer.Data);
                Assert.Equal(syntax.IsExplicitVR ? DicomVR.LO : DicomVR.UN, hidden.ValueRepresentation);
                if (syntax.IsExplicitVR)
                    Assert.Equal(dataset, read.Dataset);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_decimal_string_over_64_KiB_is_written_as_UN_and_read_as_numbers()
    {
        double[] points = [.. Enumerable.Range(0, 12000).Select(static i => i / 8.0)];
        DicomDataset dataset = new() { { DicomTag.ContourData, points } };
        byte[] bytes = DicomDatasetWriter.ToArray(dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("UN"u8, bytes.AsSpan(4, 2));
        DicomDataset read = DicomDatasetReader.Read(bytes, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(points, read.GetValues<double>(DicomTag.ContourData));
    }

    [Fact]
    public void A_file_may_be_saved_over_itself_while_its_large_values_lie_in_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dicomrn");
        try
        {
            string path = Path.Combine(folder.FullName, "image.dcm");
            byte[] pixels = new byte[200_000];
            Random.Shared.NextBytes(pixels);
            new DicomFile(new DicomDataset { { DicomTag.SOPInstanceUID, "1.2.3" }, { DicomTag.PixelData, pixels } }).Save(path);
            DicomFile file = DicomFile.Open(path);
            Assert.IsType<FileByteBuffer>(file.Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer);
            file.Dataset.AddOrUpdate(DicomTag.PatientID, "42");
            file.Save(path);
            Assert.Equal(pixels, DicomFile.Open(path).Dataset.GetValues<byte>(DicomTag.PixelData));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Odd values are padded when written; bytes without padding of their own keep it.
    private static DicomDataset Padded(DicomDataset read, DicomDataset written)
    {
        foreach (DicomItem item in written)
        {
            if (item is DicomSequence sequence)
            {
                for (int i = 0; i < sequence.Items.Count; i++)
                    Padded(read.GetSequence(item.Tag).Items[i], sequence.Items[i]);
            }
            else if (item is DicomOtherByte { Length: var length } && (length & 1) == 1)
            {
                byte[] bytes = read.GetDicomItem<DicomOtherByte>(item.Tag)!.Buffer.Data;
                Assert.Equal(0, bytes[^1]);
                read.AddOrUpdate(new DicomOtherByte(item.Tag, bytes[..^1]));
            }
        }

        return read;
    }

    private static DicomDataset Dataset(DicomItem[] items, DicomDataset[] nested)
    {
        DicomDataset dataset = new DicomDataset().NotValidated().AddOrUpdate(items);
        if (nested.Length > 0)
            dataset.AddOrUpdate(new DicomSequence(DicomTag.ContentSequence, nested));
        return dataset;
    }
}
