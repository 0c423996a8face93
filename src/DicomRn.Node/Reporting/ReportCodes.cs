using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>
/// Every code that the reports use, with its meaning as PS3.16 Annex D or the coding scheme writes it. The private
/// scheme is declared in the Coding Scheme Identification Sequence of each object.
/// </summary>
internal static class ReportCodes
{
    /// <summary>Designator of the private scheme.</summary>
    public const string PrivateScheme = "99DICOMRN";

    // Document, language and observer: TID 1500, 1204, 1002, 1004.
    public static readonly CodedConcept ImagingMeasurementReport = Dcm("126000", "Imaging Measurement Report");
    public static readonly CodedConcept Language = Dcm("121049", "Language of Content Item and Descendants");
    public static readonly CodedConcept EnglishUnitedStates = new("en-US", "RFC5646", "English (United States)");
    public static readonly CodedConcept ObserverType = Dcm("121005", "Observer Type");
    public static readonly CodedConcept Device = Dcm("121007", "Device");
    public static readonly CodedConcept DeviceObserverUid = Dcm("121012", "Device Observer UID");
    public static readonly CodedConcept DeviceObserverName = Dcm("121013", "Device Observer Name");
    public static readonly CodedConcept DeviceObserverManufacturer = Dcm("121014", "Device Observer Manufacturer");
    public static readonly CodedConcept DeviceObserverModelName = Dcm("121015", "Device Observer Model Name");
    public static readonly CodedConcept DeviceObserverSerialNumber = Dcm("121016", "Device Observer Serial Number");
    public static readonly CodedConcept ProcedureReported = Dcm("121058", "Procedure reported");
    public static readonly CodedConcept MriUnspecifiedRegion = new("25056-3", "LN", "MRI unspecified body region");

    // Image library: TID 1600 to 1602.
    public static readonly CodedConcept ImageLibrary = Dcm("111028", "Image Library");
    public static readonly CodedConcept ImageLibraryGroup = Dcm("126200", "Image Library Group");
    public static readonly CodedConcept Modality = Dcm("121139", "Modality");
    public static readonly CodedConcept MagneticResonance = Dcm("MR", "Magnetic Resonance");
    public static readonly CodedConcept TargetRegion = Dcm("123014", "Target Region");
    public static readonly CodedConcept Head = Sct("69536005", "Head");
    public static readonly CodedConcept StudyDate = Dcm("111060", "Study Date");
    public static readonly CodedConcept FrameOfReferenceUid = Dcm("112227", "Frame of Reference UID");
    public static readonly CodedConcept PixelDataRows = Dcm("110910", "Pixel Data Rows");
    public static readonly CodedConcept PixelDataColumns = Dcm("110911", "Pixel Data Columns");

    // Measurement groups: TID 1410, 1411.
    public static readonly CodedConcept ImagingMeasurements = Dcm("126010", "Imaging Measurements");
    public static readonly CodedConcept MeasurementGroup = Dcm("125007", "Measurement Group");
    public static readonly CodedConcept TrackingIdentifier = Dcm("112039", "Tracking Identifier");
    public static readonly CodedConcept TrackingUniqueIdentifier = Dcm("112040", "Tracking Unique Identifier");
    public static readonly CodedConcept FindingCategory = Sct("276214006", "Finding category");
    public static readonly CodedConcept MorphologicallyAbnormalStructure = Sct("49755003", "Morphologically Abnormal Structure");
    public static readonly CodedConcept Finding = Dcm("121071", "Finding");
    public static readonly CodedConcept Lesion = Sct("52988006", "Lesion");
    public static readonly CodedConcept FindingSite = Sct("363698007", "Finding Site");
    public static readonly CodedConcept Brain = Sct("12738006", "Brain");
    public static readonly CodedConcept Laterality = Sct("272741003", "Laterality");
    public static readonly CodedConcept Left = Sct("7771000", "Left");
    public static readonly CodedConcept Right = Sct("24028007", "Right");
    public static readonly CodedConcept TimePointType = Dcm("126072", "Time Point Type");
    public static readonly CodedConcept PostRadiation = Sct("264908009", "Post-radiation");
    public static readonly CodedConcept SubjectTimePointIdentifier = Dcm("126070", "Subject Time Point Identifier");
    public static readonly CodedConcept TimePoint = new("C2348792", "UMLS", "Time Point");
    public static readonly CodedConcept ReferencedSegment = Dcm("121191", "Referenced Segment");
    public static readonly CodedConcept SourceSeriesForSegmentation = Dcm("121232", "Source series for segmentation");
    public static readonly CodedConcept ImageRegion = Dcm("111030", "Image Region");
    public static readonly CodedConcept Comment = Dcm("121106", "Comment");
    public static readonly CodedConcept QualitativeEvaluations = new("C0034375", "UMLS", "Qualitative Evaluations");

    // Algorithm: TID 4019.
    public static readonly CodedConcept AlgorithmName = Dcm("111001", "Algorithm Name");
    public static readonly CodedConcept AlgorithmVersion = Dcm("111003", "Algorithm Version");
    public static readonly CodedConcept AlgorithmParameters = Dcm("111002", "Algorithm Parameters");
    public static readonly CodedConcept AlgorithmFamily = Dcm("111000", "Algorithm Family");
    public static readonly CodedConcept ArtificialIntelligence = Dcm("123110", "Artificial Intelligence");

    // Measurements and their units.
    public static readonly CodedConcept Probability = Dcm("122157", "Probability");
    public static readonly CodedConcept Volume = Sct("118565006", "Volume");
    public static readonly CodedConcept Area = Sct("42798000", "Area");
    public static readonly CodedConcept LongAxis = Sct("103339001", "Long axis");
    public static readonly CodedConcept ShortAxis = Sct("103340004", "Short axis");
    public static readonly CodedConcept MeasurementMethod = Sct("370129005", "Measurement Method");
    public static readonly CodedConcept SumOfSegmentedVoxels = Dcm("126030", "Sum of segmented voxel method for volume");
    public static readonly CodedConcept Percent = Ucum("%", "Percent");
    public static readonly CodedConcept CubicMillimetre = Ucum("mm3", "cubic millimeter");
    public static readonly CodedConcept SquareMillimetre = Ucum("mm2", "square millimeter");
    public static readonly CodedConcept Millimetre = Ucum("mm", "millimeter");
    public static readonly CodedConcept Pixels = Ucum("{pixels}", "pixels");

    // The answer.
    public static readonly CodedConcept PredictedAetiology = Private("AETIOLOGY", "Predicted lesion aetiology");
    public static readonly CodedConcept RadiationNecrosis = Sct("445145001", "Necrosis caused by ionizing radiation");
    public static readonly CodedConcept TumourProgression = Dcm("112043", "Target Lesion Progressive Disease");
    public static readonly CodedConcept Undetermined = Sct("373068000", "Undetermined");
    public static readonly CodedConcept ContourName = Private("CONTOUR", "Name of the contour in its source");
    public static readonly CodedConcept ClinicalDataUsed = Private("CLINICALUSED", "Clinical data used by the model");
    public static readonly CodedConcept ClinicalDataMissing = Private("CLINICALMISSING", "Clinical data missing for the model");
    public static readonly CodedConcept NotClassifiedBecause = Private("NOANSWER", "Reason for no answer");
    public static readonly CodedConcept OutOfDistribution = Private("OUTOFDOMAIN", "Model does not apply to this lesion");

    // Which mask the answer is about.
    public static readonly CodedConcept SeenMask = Private("SEENMASK", "Mask that the model saw");
    public static readonly CodedConcept RefinedMask = Private("REFINED", "Planning contour refined on the follow-up images");
    public static readonly CodedConcept PlanningMask = Private("PLANNING", "Planning contour as it was drawn");

    // Quality of the study for the question asked.
    public static readonly CodedConcept QualityAssessment = Dcm("111050", "Quality Assessment");
    public static readonly CodedConcept QualityAcceptable = new("RID12", "RADLEX", "Diagnostic quality");
    public static readonly CodedConcept QualityLimited = new("RID13", "RADLEX", "Limited quality");
    public static readonly CodedConcept QualityNonDiagnostic = new("RID14", "RADLEX", "Non-diagnostic quality");

    // Purposes of reference and equipment.
    public static readonly CodedConcept ProcessingEquipment = Dcm("109102", "Processing Equipment");
    public static readonly CodedConcept SourceImageForProcessing = Dcm("121322", "Source image for image processing operation");

    private static CodedConcept Dcm(string value, string meaning) => new(value, "DCM", meaning);

    private static CodedConcept Sct(string value, string meaning) => new(value, "SCT", meaning);

    private static CodedConcept Ucum(string value, string meaning) => new(value, "UCUM", meaning);

    private static CodedConcept Private(string value, string meaning) => new(value, PrivateScheme, meaning);
}
