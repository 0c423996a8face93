using System.Buffers;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Dimse;

namespace DicomRn.Dicom.Tests.Network;

public sealed class StoreCommandTests
{
    private static readonly DicomUID SopClass = DicomUID.MRImageStorage;

    [Fact]
    public void Usual_command_set_is_read_as_the_codec_reads_it()
    {
        byte[] bytes = Encode();

        StoreCommand command = Assert.IsType<StoreCommand>(StoreCommand.TryRead(bytes, SopClass));

        DicomDataset expected = CommandSetCodec.Read(bytes);
        Assert.Equal(expected.GetSingleValue<ushort>(DicomTag.MessageID), command.MessageId);
        Assert.Equal(expected.GetSingleValue<DicomUID>(DicomTag.AffectedSOPInstanceUID), command.SopInstance);
        Assert.Equal(expected.GetSingleValue<DicomUID>(DicomTag.AffectedSOPClassUID), command.SopClass);
        Assert.Equal(expected.Count, command.ToDataset().Count);
    }

    [Fact]
    public void Request_says_the_same_before_and_after_its_data_set_is_asked_for()
    {
        DicomCStoreRequest request = new(StoreCommand.TryRead(Encode(), SopClass)!);
        var before = (request.Type, request.MessageID, request.SOPClassUID, request.SOPInstanceUID, request.HasDataset);

        Assert.Equal(DicomPriority.High, request.Priority);

        Assert.Null(request.Unread);
        Assert.Equal(before, (request.Type, request.MessageID, request.SOPClassUID, request.SOPInstanceUID, request.HasDataset));
    }

    [Fact]
    public void Other_class_than_that_of_the_context_is_left_to_the_codec() =>
        Assert.Null(StoreCommand.TryRead(Encode(), DicomUID.CTImageStorage));

    [Fact]
    public void Command_without_data_set_is_left_to_the_codec() =>
        Assert.Null(StoreCommand.TryRead(Encode(command => command.AddOrUpdate(DicomTag.CommandDataSetType, (ushort)0x0101)), SopClass));

    [Fact]
    public void Unusable_instance_UID_is_left_to_the_codec() =>
        Assert.Null(StoreCommand.TryRead(Encode(command => command.AddOrUpdate(new DicomUniqueIdentifier(DicomTag.AffectedSOPInstanceUID, "../1"))), SopClass));

    [Fact]
    public void Damaged_command_set_is_read_as_the_codec_reads_it_or_not_at_all()
    {
        byte[] whole = Encode();
        Random random = new(1);
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = whole[..(random.Next(4) == 0 ? random.Next(whole.Length) : whole.Length)];
            for (int n = random.Next(3); n > 0 && damaged.Length > 0; n--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (StoreCommand.TryRead(damaged, SopClass) is not { } command)
                continue;
            read++;
            DicomMessage expected = MessageFactory.Create(CommandSetCodec.Read(damaged));
            Assert.IsType<DicomCStoreRequest>(expected);
            Assert.True(expected.HasDataset);
            Assert.Equal(expected.MessageID, command.MessageId);
            Assert.Equal(expected.SOPClassUID, command.SopClass);
            Assert.Equal(((DicomCStoreRequest)expected).SOPInstanceUID, command.SopInstance);
        }

        Assert.InRange(read, 1, 20_000);
    }

    private static byte[] Encode(Action<DicomDataset>? change = null)
    {
        DicomDataset command = new(DicomTransferSyntax.ImplicitVRLittleEndian) { AutoValidate = false };
        command.AddOrUpdate(DicomTag.AffectedSOPClassUID, SopClass);
        command.AddOrUpdate(DicomTag.CommandField, (ushort)DicomCommandField.CStoreRequest);
        command.AddOrUpdate(DicomTag.MessageID, (ushort)4711);
        command.AddOrUpdate(DicomTag.Priority, (ushort)DicomPriority.High);
        command.AddOrUpdate(DicomTag.CommandDataSetType, (ushort)1);
        command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, DicomUID.Parse("1.2.826.0.1.3680043.8.498.1"));
        command.AddOrUpdate(DicomTag.MoveOriginatorMessageID, (ushort)3);
        change?.Invoke(command);
        ArrayBufferWriter<byte> bytes = new();
        CommandSetCodec.Write(command, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
