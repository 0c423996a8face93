using DicomRn.Dicom.Imaging.Render;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Turns pixel data of one transfer syntax into another, by way of native pixels.</summary>
public class DicomTranscoder : IDicomTranscoder
{
    private const ushort ImagePixelGroup = 0x0028;

    /// <summary>A transcoder between two transfer syntaxes.</summary>
    /// <param name="inputSyntax">The transfer syntax to come from.</param>
    /// <param name="outputSyntax">The transfer syntax to get to.</param>
    /// <param name="inputCodecParams">Parameters of the decoder; null for the default.</param>
    /// <param name="outputCodecParams">Parameters of the encoder; null for the default.</param>
    public DicomTranscoder(
        DicomTransferSyntax inputSyntax,
        DicomTransferSyntax outputSyntax,
        DicomCodecParams? inputCodecParams = null,
        DicomCodecParams? outputCodecParams = null)
    {
        InputSyntax = inputSyntax;
        OutputSyntax = outputSyntax;
        InputCodecParams = inputCodecParams;
        OutputCodecParams = outputCodecParams;
    }

    /// <inheritdoc />
    public DicomTransferSyntax InputSyntax { get; }

    /// <inheritdoc />
    public DicomCodecParams? InputCodecParams { get; }

    /// <inheritdoc />
    public DicomTransferSyntax OutputSyntax { get; }

    /// <inheritdoc />
    public DicomCodecParams? OutputCodecParams { get; }

    /// <inheritdoc />
    public DicomFile Transcode(DicomFile file)
    {
        DicomFile transcoded = new(Transcode(file.Dataset)) { Format = file.Format };
        foreach (DicomItem item in file.FileMetaInfo)
        {
            if (item.Tag != DicomTag.TransferSyntaxUID)
                transcoded.FileMetaInfo.AddOrUpdate(item.Copy());
        }

        transcoded.FileMetaInfo.TransferSyntax = OutputSyntax;
        return transcoded;
    }

    /// <inheritdoc />
    public DicomDataset Transcode(DicomDataset dataset)
    {
        // A mislabelled data set must not be read by the wrong decoder.
        bool compressed = dataset.Find(DicomTag.PixelData) is DicomFragmentSequence;
        if (compressed && InputSyntax == OutputSyntax)
            return dataset.Clone();
        DicomDataset native = compressed ? Decode(dataset) : dataset;
        DicomDataset transcoded = OutputSyntax.IsEncapsulated && native.Contains(DicomTag.PixelData)
            ? Encode(native)
            : native.Clone();
        DecodeIcon(transcoded);
        transcoded.InternalTransferSyntax = OutputSyntax;
        return transcoded;
    }

    /// <inheritdoc />
    public IByteBuffer DecodeFrame(DicomDataset dataset, int frame)
    {
        DicomPixelData pixels = DicomPixelData.Create(dataset);
        return pixels is EncapsulatedPixelData ? DecodeSingle(pixels, frame).GetFrame(0) : pixels.GetFrame(frame);
    }

    /// <inheritdoc />
    public IPixelData DecodePixelData(DicomDataset dataset, int frame)
    {
        DicomPixelData pixels = DicomPixelData.Create(dataset);
        return pixels is EncapsulatedPixelData
            ? PixelDataFactory.Create(DecodeSingle(pixels, frame), 0)
            : PixelDataFactory.Create(pixels, frame);
    }

    private DicomPixelData DecodeSingle(DicomPixelData pixels, int frame) =>
        DicomPixelData.Create(Decode(ImagePixels(pixels.Dataset, pixels.GetFrame(frame))));

    /// <summary>A data set of one compressed frame and the attributes that describe it: frames share nothing else.</summary>
    private static DicomDataset ImagePixels(DicomDataset dataset, IByteBuffer codestream)
    {
        DicomDataset single = new DicomDataset(dataset.InternalTransferSyntax).NotValidated();
        foreach (DicomItem item in dataset)
        {
            if (item.Tag.Group == ImagePixelGroup && item is DicomElement)
                single.AddRead(item);
        }

        single.Remove(DicomTag.NumberOfFrames);
        DicomOtherByteFragment fragments = new(DicomTag.PixelData);
        fragments.Add(EmptyBuffer.Value);
        fragments.Add(codestream);
        single.AddRead(fragments);
        return single;
    }

    private DicomDataset Decode(DicomDataset dataset)
    {
        IDicomCodec codec = DefaultTranscoderManager.Instance.GetCodec(InputSyntax);
        return Convert(dataset, DicomTransferSyntax.ExplicitVRLittleEndian, (old, fresh) => codec.Decode(old, fresh, InputCodecParams));
    }

    private DicomDataset Encode(DicomDataset dataset)
    {
        IDicomCodec codec = DefaultTranscoderManager.Instance.GetCodec(OutputSyntax);
        return Convert(dataset, OutputSyntax, (old, fresh) => codec.Encode(old, fresh, OutputCodecParams));
    }

    private static DicomDataset Convert(DicomDataset dataset, DicomTransferSyntax syntax, Action<DicomPixelData, DicomPixelData> frames)
    {
        bool validated = dataset.ValidateItems;
        DicomDataset converted = dataset.Clone().NotValidated();
        converted.InternalTransferSyntax = syntax;

        // Their numbers are those of the fragments that are no more (PS3.3 C.7.6.3.1.8).
        converted.Remove(DicomTag.ExtendedOffsetTable, DicomTag.ExtendedOffsetTableLengths);
        frames(DicomPixelData.Create(dataset), DicomPixelData.Create(converted, newPixelData: true));
        if (!dataset.Contains(DicomTag.NumberOfFrames))
            converted.Remove(DicomTag.NumberOfFrames);
        converted.ValidateItems = validated;
        return converted;
    }

    // An icon may be compressed like the image (PS3.5 A.4), and cannot stay so in a syntax without fragments.
    private void DecodeIcon(DicomDataset dataset)
    {
        if (OutputSyntax.IsEncapsulated || dataset.Find(DicomTag.IconImageSequence) is not DicomSequence icons)
            return;
        for (int i = 0; i < icons.Items.Count; i++)
        {
            if (icons.Items[i].Find(DicomTag.PixelData) is DicomFragmentSequence)
                icons.Items[i] = Decode(icons.Items[i]);
        }
    }
}
