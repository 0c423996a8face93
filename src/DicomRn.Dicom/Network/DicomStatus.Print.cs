namespace DicomRn.Dicom.Network;

/// <content>The status codes of print management (PS3.4 H.4) and media creation management (PS3.4 S.3).</content>
public sealed partial class DicomStatus
{
    /// <summary>B000, print warning: memory allocation not supported.</summary>
    public static readonly DicomStatus PrintManagementMemoryAllocationNotSupported =
        new("B000", DicomState.Warning, "Memory allocation not supported");

    /// <summary>B601, print warning: film session printing (collation) not supported.</summary>
    public static readonly DicomStatus PrintManagementFilmSessionPrintingNotSupported =
        new("B601", DicomState.Warning, "Film session printing (collation) not supported");

    /// <summary>B602, print warning: film session without images.</summary>
    public static readonly DicomStatus PrintManagementFilmSessionEmptyPage =
        new("B602", DicomState.Warning, "Film session has no image boxes with images (empty page)");

    /// <summary>B603, print warning: film box without images.</summary>
    public static readonly DicomStatus PrintManagementFilmBoxEmptyPage =
        new("B603", DicomState.Warning, "Film box has no image boxes with images (empty page)");

    /// <summary>B604, print warning: image demagnified.</summary>
    public static readonly DicomStatus PrintManagementImageDemagnified =
        new("B604", DicomState.Warning, "Image larger than image box, demagnified");

    /// <summary>B605, print warning: densities out of range.</summary>
    public static readonly DicomStatus PrintManagementMinMaxDensityOutOfRange =
        new("B605", DicomState.Warning, "Minimum or maximum density out of the range of the printer");

    /// <summary>B609, print warning: image cropped.</summary>
    public static readonly DicomStatus PrintManagementImageCropped =
        new("B609", DicomState.Warning, "Image larger than image box, cropped");

    /// <summary>B60A, print warning: image decimated.</summary>
    public static readonly DicomStatus PrintManagementImageDecimated =
        new("B60A", DicomState.Warning, "Image or combined image larger than image box, decimated");

    /// <summary>C600, print failure: film session without film boxes.</summary>
    public static readonly DicomStatus PrintManagementFilmSessionEmpty =
        new("C600", DicomState.Failure, "Film session has no film boxes");

    /// <summary>C601, print failure: queue full.</summary>
    public static readonly DicomStatus PrintManagementPrintQueueFull =
        new("C601", DicomState.Failure, "Print queue is full");

    /// <summary>C603, print failure: image larger than image box.</summary>
    public static readonly DicomStatus PrintManagementImageLargerThanImageBox =
        new("C603", DicomState.Failure, "Image larger than image box");

    /// <summary>C605, print failure: printer out of memory.</summary>
    public static readonly DicomStatus PrintManagementInsufficientMemoryInPrinter =
        new("C605", DicomState.Failure, "Insufficient memory in printer for the image");

    /// <summary>C613, print failure: combined image larger than image box.</summary>
    public static readonly DicomStatus PrintManagementCombinedImageLargerThanImageBox =
        new("C613", DicomState.Failure, "Combined image larger than image box");

    /// <summary>C616, print failure: a film box is not printed yet.</summary>
    public static readonly DicomStatus PrintManagementExistingFilmBoxNotPrinted =
        new("C616", DicomState.Failure, "An existing film box has not been printed");

    /// <summary>A510, media creation refused: initiated already.</summary>
    public static readonly DicomStatus MediaCreationManagementDuplicateInitiateMediaCreation =
        new("A510", DicomState.Failure, "Initiate Media Creation was received already for this SOP instance");

    /// <summary>C201, media creation failure: completed already.</summary>
    public static readonly DicomStatus MediaCreationManagementMediaCreationRequestAlreadyCompleted =
        new("C201", DicomState.Failure, "Media creation request completed already");

    /// <summary>C202, media creation failure: in progress.</summary>
    public static readonly DicomStatus MediaCreationManagementMediaCreationRequestAlreadyInProgress =
        new("C202", DicomState.Failure, "Media creation request in progress, cannot be interrupted");

    /// <summary>C203, media creation failure: cancellation denied.</summary>
    public static readonly DicomStatus MediaCreationManagementCancellationDeniedForUnspecifiedReason =
        new("C203", DicomState.Failure, "Cancellation denied");

    private static readonly DicomStatus[] PrintEntries =
    [
        PrintManagementMemoryAllocationNotSupported, PrintManagementFilmSessionPrintingNotSupported,
        PrintManagementFilmSessionEmptyPage, PrintManagementFilmBoxEmptyPage, PrintManagementImageDemagnified,
        PrintManagementMinMaxDensityOutOfRange, PrintManagementImageCropped, PrintManagementImageDecimated,
        PrintManagementFilmSessionEmpty, PrintManagementPrintQueueFull, PrintManagementImageLargerThanImageBox,
        PrintManagementInsufficientMemoryInPrinter, PrintManagementCombinedImageLargerThanImageBox,
        PrintManagementExistingFilmBoxNotPrinted, MediaCreationManagementDuplicateInitiateMediaCreation,
        MediaCreationManagementMediaCreationRequestAlreadyCompleted,
        MediaCreationManagementMediaCreationRequestAlreadyInProgress,
        MediaCreationManagementCancellationDeniedForUnspecifiedReason,
    ];
}
