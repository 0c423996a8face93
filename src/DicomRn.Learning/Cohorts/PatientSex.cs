namespace DicomRn.Learning.Cohorts;

/// <summary>Patient's Sex (PS3.3 C.7.1.1) as far as cohorts hold it; anything else is a missing value.</summary>
public enum PatientSex
{
    /// <summary><c>F</c>.</summary>
    Female,

    /// <summary><c>M</c>.</summary>
    Male,
}
