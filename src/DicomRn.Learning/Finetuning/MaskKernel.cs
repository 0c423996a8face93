namespace DicomRn.Learning.Finetuning;

/// <summary>How the patch kernels of the mask channel begin, beside those of T1CE from the pre-training.</summary>
public enum MaskKernel
{
    /// <summary>At 0: the encoder begins as it was pre-trained.</summary>
    Zero,

    /// <summary>At a tenth of the spread of the T1CE kernels.</summary>
    Small,
}
