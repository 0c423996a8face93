using CsCheck;
using DicomRn.Node.Receiving;
using DicomRn.TestSupport;

namespace DicomRn.Node.Tests.Receiving;

/// <summary>The scanner says what the parser says, or nothing; it is never surer than the parser.</summary>
public sealed class DataSetScannerTests
{
    private const string StudyUid = "1.2.3.4";

    public static TheoryData<string> LittleEndian =>
    [
        DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID, DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID,
    ];

    [Theory]
    [MemberData(nameof(LittleEndian))]
    public void An_ordinary_instance_is_identified_however_it_is_cut(string syntax)
    {
        byte[] bytes = Encode(Instance(), syntax);

        Gen.Int[1, 700].Array[1, 40].Sample(
            sizes =>
            {
                InstanceIdentity? identity = Scan(bytes, syntax, sizes);

                Assert.Equal(Parse(bytes, syntax), identity);
                Assert.Equal(StudyUid, identity!.StudyInstanceUid);
                Assert.Equal("PID 1", identity.PatientId);
            },
            iter: 300);
    }

    [Fact]
    public void Encapsulated_pixel_data_is_passed_over()
    {
        string syntax = DicomTransferSyntax.RLELossless.UID.UID;
        DicomOtherByteFragment pixels = new(DicomTag.PixelData);
        pixels.Fragments.Add(new MemoryByteBuffer([]));
        pixels.Fragments.Add(new MemoryByteBuffer(new byte[300]));
        byte[] bytes = Encode(Instance().AddOrUpdate(pixels), syntax);

        Assert.Equal(Parse(bytes, syntax), Scan(bytes, syntax, [7]));
    }

    [Fact]
    public void A_data_set_that_ends_too_early_is_left_to_the_parser()
    {
        string syntax = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID;
        byte[] bytes = Encode(Instance(), syntax);

        for (int length = 1; length < bytes.Length; length++)
        {
            if (Scan(bytes.AsSpan(0, length), syntax, [bytes.Length]) is { } identity)
                Assert.Equal(Parse(bytes[..length], syntax), identity);
        }

        Assert.Null(Scan(bytes.AsSpan(0, bytes.Length - 1), syntax, [bytes.Length]));
    }

    [Theory]
    [MemberData(nameof(LittleEndian))]
    public void Of_damaged_data_sets_it_never_says_anything_else_than_the_parser(string syntax)
    {
        byte[] sound = Encode(Instance(), syntax);
        Gen<(int At, byte Value)> damage = Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte);

        damage.Array[1, 4].Sample(
            places =>
            {
                byte[] bytes = [.. sound];
                foreach ((int at, byte value) in places)
                    bytes[at] = value;

                if (Scan(bytes, syntax, [bytes.Length]) is { } identity)
                    Assert.Equal(Parse(bytes, syntax), identity);
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData("DicomRn")]
    [InlineData(" DicomRn ")]
    public void A_result_of_this_program_is_left_to_the_parser(string manufacturer)
    {
        string syntax = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID;
        byte[] bytes = Encode(Instance().AddOrUpdate(DicomTag.Manufacturer, manufacturer), syntax);

        Assert.Null(Scan(bytes, syntax, [bytes.Length]));
    }

    [Fact]
    public void A_patient_ID_beyond_ASCII_is_left_to_the_parser()
    {
        string syntax = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID;
        DicomDataset dataset = Instance()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .AddOrUpdate(DicomTag.PatientID, "Ä1");

        Assert.Null(Scan(Encode(dataset, syntax), syntax, [64]));
    }

    [Fact]
    public void Deflated_and_big_endian_data_sets_have_no_scanner()
    {
        Assert.Null(DataSetScanner.For(DicomTransferSyntax.DeflatedExplicitVRLittleEndian.UID.UID));
        Assert.Null(DataSetScanner.For(DicomTransferSyntax.ExplicitVRBigEndian.UID.UID));
    }

    [Fact]
    public void Sequences_deeper_than_any_setting_allows_are_left_to_the_parser()
    {
        string syntax = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID;
        DicomDataset deep = [];
        for (int i = 0; i < 8; i++)
            deep = new DicomDataset { new DicomSequence(DicomTag.ReferencedSeriesSequence, deep) };

        Assert.Null(Scan(Encode(Instance().AddOrUpdate(deep.GetSequence(DicomTag.ReferencedSeriesSequence)), syntax), syntax, [64]));
    }

    [Theory]
    [InlineData("vendor-mr")]
    [InlineData("seg-sr")]
    [InlineData("pydicom")]
    [InlineData("transfer-syntaxes")]
    public void Of_real_files_it_says_what_the_parser_says(string folder)
    {
        int identified = 0;
        foreach (string path in Directory.EnumerateFiles(TestData.Require(folder), "*", SearchOption.AllDirectories))
        {
            byte[] file = File.ReadAllBytes(path);
            if (file.Length < 150 || !file.AsSpan(128, 8).SequenceEqual("DICM\x02\0\0\0"u8))
                continue;
            int offset = 144 + BitConverter.ToInt32(file, 140);
            if (offset < 144 || offset > file.Length || SyntaxOf(file.AsSpan(0, offset)) is not { } syntax || DataSetScanner.For(syntax) is null)
                continue;
            if (Scan(file.AsSpan(offset), syntax, [1000]) is not { } identity)
                continue;
            Assert.Equal(Parse(file[offset..], syntax), identity);
            identified++;
        }

        Assert.NotEqual(0, identified);
    }

    private static string? SyntaxOf(ReadOnlySpan<byte> meta)
    {
        using MemoryStream head = new([.. meta]);
        try
        {
            return DicomFile.Open(head).FileMetaInfo is { } info && info.Contains(DicomTag.TransferSyntaxUID) ? info.TransferSyntax.UID.UID : null;
        }
        catch (DicomException)
        {
            return null;
        }
    }

    private static InstanceIdentity? Scan(ReadOnlySpan<byte> bytes, string syntax, int[] sizes)
    {
        DataSetScanner scanner = DataSetScanner.For(syntax)!;
        for (int i = 0; !bytes.IsEmpty; i++)
        {
            int count = Math.Min(sizes[i % sizes.Length], bytes.Length);
            scanner.Read(bytes[..count]);
            bytes = bytes[count..];
        }

        return scanner.TryGetIdentity();
    }

    private static InstanceIdentity Parse(byte[] bytes, string syntax)
    {
        using MemoryStream file = new();
        DicomFile meta = new();
        meta.FileMetaInfo.TransferSyntax = DicomTransferSyntax.Parse(syntax);
        meta.FileMetaInfo.MediaStorageSOPClassUID = DicomUID.MRImageStorage;
        meta.FileMetaInfo.MediaStorageSOPInstanceUID = new DicomUID("1.2", "", DicomUidType.SOPInstance);
        meta.Save(file);
        file.Write(bytes);
        file.Position = 0;
        return InstanceIdentity.Read(file);
    }

    private static byte[] Encode(DicomDataset dataset, string syntax)
    {
        DicomDataset encoded = new(DicomTransferSyntax.Parse(syntax));
        encoded.Add(dataset);
        using MemoryStream file = new();
        new DicomFile(encoded).Save(file);
        byte[] bytes = file.ToArray();
        return bytes[(144 + BitConverter.ToInt32(bytes, 140))..];
    }

    private static DicomDataset Instance() => new(DicomTransferSyntax.ExplicitVRLittleEndian)
    {
        { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
        { DicomTag.SOPInstanceUID, "1.2.3.4.5.6" },
        { DicomTag.Manufacturer, "A vendor" },
        { DicomTag.PatientName, "Doe^Jane" },
        { DicomTag.PatientID, "PID 1" },
        { DicomTag.IssuerOfPatientID, "HOSPITAL" },
        { DicomTag.StudyInstanceUID, StudyUid },
        { DicomTag.SeriesInstanceUID, "1.2.3.4.5" },
        { DicomTag.Rows, (ushort)4 },
        new DicomSequence(
            DicomTag.ReferencedStudySequence,
            new DicomDataset { { DicomTag.ReferencedSOPInstanceUID, "1.2.9" } },
            new DicomDataset
            {
                { DicomTag.PatientID, "not this" },
                new DicomSequence(DicomTag.PurposeOfReferenceCodeSequence, new DicomDataset { { DicomTag.CodeMeaning, "x" } }),
            }),
        new DicomSequence(DicomTag.RequestAttributesSequence),
        new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(new byte[600])),
    };
}
