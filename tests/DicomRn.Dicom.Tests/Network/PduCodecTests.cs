using CsCheck;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Tests.Network;

public sealed class PduCodecTests
{
    private static readonly Gen<string> Uid =
        Gen.Int[0, 99999].Array[1, 8].Select(parts => "1.2." + string.Join('.', parts));

    private static readonly Gen<string> AeTitle =
        Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"].Array[1, 16].Select(chars => new string(chars));

    private static readonly Gen<AAssociateRq> Requests =
        from calling in AeTitle
        from called in AeTitle
        from contexts in Gen.Select(Uid, Uid.List[1, 5]).List[0, 128]
        from length in Gen.UInt
        from implementation in Uid
        from version in AeTitle
        from window in Gen.UShort
        from role in Uid
        from scp in Gen.Bool
        from information in Gen.Byte.Array[0, 255]
        from related in Uid.List[0, 5]
        select new AAssociateRq
        {
            CallingAe = calling,
            CalledAe = called,
            PresentationContexts = [.. contexts.Select((c, i) => new PresentationContextRq((byte)((2 * i) + 1), c.Item1, c.Item2))],
            User = new UserInformation
            {
                MaximumLength = length,
                ImplementationClassUid = implementation,
                ImplementationVersionName = version,
                AsynchronousOperations = new AsynchronousOperationsWindow(window, (ushort)(window / 2)),
                Roles = [new RoleSelection(role, !scp, scp)],
                ExtendedNegotiations = [new SopClassExtendedNegotiation(role, information)],
                CommonExtendedNegotiations = [new SopClassCommonExtendedNegotiation(role, implementation, related)],
                Identity = UserIdentity.From(new DicomUserIdentityNegotiation
                {
                    UserIdentityType = DicomUserIdentityType.UsernameAndPasscode,
                    PrimaryField = calling,
                    SecondaryField = called,
                }),
            },
        };

    [Fact]
    public void Association_request_survives_writing_and_reading() =>
        Requests.Sample(request => Describe(AAssociateRq.Read(Body(PduType.AAssociateRq, request.Write), 128)) == Describe(request));

    [Fact]
    public void Association_request_cut_short_is_a_protocol_fault_or_a_shorter_request() =>
        Gen.Select(Requests, Gen.Double[0, 1]).Sample((request, share) =>
        {
            byte[] body = Body(PduType.AAssociateRq, request.Write);
            OnlyPduException(() => AAssociateRq.Read(body.AsSpan(0, (int)(share * body.Length)), 128));
        });

    [Fact]
    public void Arbitrary_bytes_are_a_protocol_fault_or_a_PDU() =>
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            OnlyPduException(() => AAssociateRq.Read(bytes, 128));
            OnlyPduException(() => AAssociateAc.Read(bytes));
            OnlyPduException(() => AAssociateRj.Read(bytes));
            OnlyPduException(() => AAbort.Read(bytes));
            OnlyPduException(() => CommandSetCodec.Read(bytes));
            OnlyPduException(() =>
            {
                PDataTf data = new(bytes);
                while (data.TryRead(out _))
                {
                }
            });
        });

    [Fact]
    public void Presentation_data_values_survive_writing_and_reading() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte, Gen.Bool, Gen.Bool).List[1, 5].Sample(values =>
        {
            List<byte> body = [];
            foreach ((byte[] fragment, byte context, bool command, bool last) in values)
            {
                byte[] pdu = new byte[12 + fragment.Length];
                PDataTf.WriteHeaders(pdu, fragment.Length, context, command, last);
                fragment.CopyTo(pdu, 12);
                body.AddRange(pdu.AsSpan(PduHeader.Size));
            }

            PDataTf data = new(body.ToArray());
            foreach ((byte[] fragment, byte context, bool command, bool last) in values)
            {
                Assert.True(data.TryRead(out PresentationDataValue value));
                Assert.Equal((context, command, last), (value.ContextId, value.IsCommand, value.IsLast));
                Assert.Equal(fragment, value.Fragment.ToArray());
            }

            Assert.False(data.TryRead(out _));
        });

    [Fact]
    public void Command_set_has_the_bytes_of_PS3_7()
    {
        System.Buffers.ArrayBufferWriter<byte> writer = new();
        DicomCEchoRequest echo = new(new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian)
            .AddOrUpdate(DicomTag.AffectedSOPClassUID, DicomUID.Verification)
            .AddOrUpdate(DicomTag.CommandField, (ushort)0x30)
            .AddOrUpdate(DicomTag.MessageID, (ushort)1)
            .AddOrUpdate(DicomTag.CommandDataSetType, (ushort)0x0101));
        CommandSetCodec.Write(echo.Command, writer);
        Assert.Equal(
            "0000000004000000" + "38000000"
            + "0000020012000000" + "312E322E3834302E31303030382E312E3100"
            + "0000000102000000" + "3000"
            + "0000100102000000" + "0100"
            + "0000000802000000" + "0101",
            Convert.ToHexString(writer.WrittenSpan));
        Assert.Equal(echo.Command, CommandSetCodec.Read(writer.WrittenSpan));
    }

    [Fact]
    public void Context_proposed_twice_is_a_protocol_fault()
    {
        AAssociateRq request = FakeModality.Request() with
        {
            PresentationContexts = [new PresentationContextRq(1, "1.2", ["1.2"]), new PresentationContextRq(1, "1.3", ["1.2"])],
        };
        byte[] body = Body(PduType.AAssociateRq, request.Write);
        Assert.Throws<PduException>(() => AAssociateRq.Read(body, 128));
    }

    private static byte[] Body(PduType type, Action<PduWriter> write)
    {
        using PduWriter writer = new(type);
        write(writer);
        byte[] pdu = writer.Finish().ToArray();
        Assert.Equal(new PduHeader(type, (uint)(pdu.Length - PduHeader.Size)), PduHeader.Read(pdu));
        return pdu[PduHeader.Size..];
    }

    private static void OnlyPduException(Action read)
    {
        try
        {
            read();
        }
        catch (PduException)
        {
            // What a broken PDU is to be answered with.
        }
    }

    private static string Describe(AAssociateRq request) => string.Join(
        '\n',
        [
            $"{request.CallingAe}>{request.CalledAe} {request.ProtocolVersion} {request.ApplicationContext}",
            $"{request.User with { Roles = [], ExtendedNegotiations = [], CommonExtendedNegotiations = [] }}",
            .. request.User.ExtendedNegotiations.Select(e => $"{e.SopClassUid} {Convert.ToHexString(e.ApplicationInfo)}"),
            .. request.User.CommonExtendedNegotiations.Select(
                c => $"{c.SopClassUid} {c.ServiceClassUid} {string.Join(' ', c.RelatedGeneralSopClassUids)}"),
            .. request.User.Roles.Select(role => role.ToString()),
            .. request.PresentationContexts.Select(c => $"{c.Id} {c.AbstractSyntax} {string.Join(' ', c.TransferSyntaxes)}"),
        ]);
}
