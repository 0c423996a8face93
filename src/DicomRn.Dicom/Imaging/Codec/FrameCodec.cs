using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>A codec that takes one frame after another.</summary>
internal abstract class FrameCodec(DicomTransferSyntax syntax) : IDicomCodec
{
    public string Name => TransferSyntax.UID.Name;

    public DicomTransferSyntax TransferSyntax { get; } = syntax;

    /// <summary>Whether <see cref="Encode(DicomPixelData, DicomPixelData, DicomCodecParams)"/> works.</summary>
    public virtual bool CanEncode => true;

    public DicomCodecParams? GetDefaultParameters() => null;

    public void Decode(DicomPixelData oldPixelData, DicomPixelData newPixelData, DicomCodecParams? parameters)
    {
        FrameLayout layout = FrameLayout.Of(oldPixelData);
        int frames = oldPixelData.NumberOfFrames;
        DecodedForm? form = null;
        long compressed = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            byte[] codestream = oldPixelData.GetFrame(frame).Data;
            compressed += codestream.Length;
            layout.RequirePlausible(codestream.Length);
            DecodedFrame decoded = Decode(codestream, layout, oldPixelData);
            if (form is null)
            {
                form = decoded.Form;
                form.ApplyTo(newPixelData);
                if (decoded.Pixels.Length != newPixelData.UncompressedFrameSize)
                    throw new DicomCodecException($"Frames of {form.Photometric.Value} are not supported in {Name}.");
            }
            else if (decoded.Form != form)
            {
                throw new DicomCodecException($"Frame {frame} (counted from 0) is of another form than the first.");
            }

            newPixelData.AddFrame(new MemoryByteBuffer(decoded.Pixels));
        }

        if (form is { IsLossy: true })
            LossyCompression.Mark(newPixelData.Dataset, TransferSyntax, (double)layout.FrameBytes * frames / compressed);
    }

    public void Encode(DicomPixelData oldPixelData, DicomPixelData newPixelData, DicomCodecParams? parameters)
    {
        if (!CanEncode)
            throw new DicomCodecException($"{Name} can be decoded but not encoded.");
        FrameLayout layout = FrameLayout.Of(oldPixelData);
        for (int frame = 0; frame < oldPixelData.NumberOfFrames; frame++)
        {
            byte[] native = oldPixelData.GetFrame(frame).Data;
            byte[] whole = layout.HasPairs ? ChrominancePairs.Expand(native, layout.Shape.Width) : native;
            newPixelData.AddFrame(new MemoryByteBuffer(Encode(whole, layout)));
        }

        if (layout.HasPairs && oldPixelData.PhotometricInterpretation == PhotometricInterpretation.YbrFull422)
            newPixelData.PhotometricInterpretation = PhotometricInterpretation.YbrFull;
        else if (layout.HasPairs)
            throw new DicomCodecException($"Frames of {oldPixelData.PhotometricInterpretation.Value} cannot be encoded in {Name}.");
        AfterEncoding(newPixelData);
    }

    /// <summary>Decodes one frame.</summary>
    protected abstract DecodedFrame Decode(byte[] codestream, FrameLayout layout, DicomPixelData pixels);

    /// <summary>Encodes one native frame.</summary>
    protected abstract byte[] Encode(byte[] frame, FrameLayout layout);

    /// <summary>Sets the attributes that are different in this syntax.</summary>
    protected virtual void AfterEncoding(DicomPixelData pixels)
    {
    }
}
