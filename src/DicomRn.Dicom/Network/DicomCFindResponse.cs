namespace DicomRn.Dicom.Network;

/// <summary>C-FIND-RSP (PS3.7 9.3.2.2): one match in its data set where it is pending.</summary>
public sealed class DicomCFindResponse : DicomResponse
{
    /// <summary>A received response.</summary>
    public DicomCFindResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    public DicomCFindResponse(DicomCFindRequest request, DicomStatus status)
        : base(request, status)
    {
    }

    /// <summary>Number of Remaining Sub-operations (0000,1020); 0 where the peer gives none.</summary>
    public int Remaining
    {
        get => Count(DicomTag.NumberOfRemainingSuboperations);
        set => SetCount(DicomTag.NumberOfRemainingSuboperations, value);
    }

    /// <summary>Number of Completed Sub-operations (0000,1021); 0 where the peer gives none.</summary>
    public int Completed
    {
        get => Count(DicomTag.NumberOfCompletedSuboperations);
        set => SetCount(DicomTag.NumberOfCompletedSuboperations, value);
    }

    /// <summary>Number of Warning Sub-operations (0000,1023); 0 where the peer gives none.</summary>
    public int Warnings
    {
        get => Count(DicomTag.NumberOfWarningSuboperations);
        set => SetCount(DicomTag.NumberOfWarningSuboperations, value);
    }

    /// <summary>Number of Failed Sub-operations (0000,1022); 0 where the peer gives none.</summary>
    public int Failures
    {
        get => Count(DicomTag.NumberOfFailedSuboperations);
        set => SetCount(DicomTag.NumberOfFailedSuboperations, value);
    }
}
