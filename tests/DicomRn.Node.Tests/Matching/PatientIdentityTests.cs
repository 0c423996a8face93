using System.Security.Cryptography;
using System.Text;
using DicomRn.Node.Matching;
using DicomRn.Node.State;

namespace DicomRn.Node.Tests.Matching;

public class PatientIdentityTests
{
    private static readonly PatientIdentity One = new("4711", "CLINIC", "19600203", "F");

    [Theory]
    [InlineData("4712", "CLINIC", "19600203", "F", "Patient ID")]
    [InlineData("4711", "OTHER", "19600203", "F", "Issuer of Patient ID")]
    [InlineData("4711", "CLINIC", "19600204", "F", "Patient's Birth Date")]
    [InlineData("4711", "CLINIC", "19600203", "M", "Patient's Sex")]
    public void Another_value_of_any_attribute_is_another_patient(string id, string issuer, string birthDate, string sex, string attribute)
    {
        PatientIdentity other = new(id, issuer, birthDate, sex);

        Assert.Equal([attribute], One.Contradictions(other));
        Assert.Equal([attribute], other.Contradictions(One));
        Assert.Empty(One.NotCompared(other));
    }

    [Theory]
    [InlineData("4711", "", "19600203", "F", "Issuer of Patient ID")]
    [InlineData("4711", "CLINIC", "", "F", "Patient's Birth Date")]
    [InlineData("4711", "CLINIC", "19600203", "", "Patient's Sex")]
    public void A_value_that_one_does_not_name_is_not_different_and_is_told(string id, string issuer, string birthDate, string sex, string attribute)
    {
        PatientIdentity other = new(id, issuer, birthDate, sex);

        Assert.Empty(One.Contradictions(other));
        Assert.Equal([attribute], One.NotCompared(other));
        Assert.Equal([attribute], other.NotCompared(One));
    }

    [Fact]
    public void Padding_case_and_the_dots_of_old_dates_make_no_difference()
    {
        DicomDataset old = new DicomDataset().NotValidated();
        old.Add(DicomTag.PatientID, "4711 ");
        old.Add(DicomTag.IssuerOfPatientID, "CLINIC");
        old.Add(DicomTag.PatientBirthDate, "1960.02.03");
        old.Add(DicomTag.PatientSex, "f");

        Assert.Equal(One, PatientIdentity.Of(old));
    }

    [Fact]
    public void Keys_of_one_patient_ID_contradict_each_other_only_by_issuers_that_both_name()
    {
        byte[] plain = PatientKey.Of("4711", "")!, clinic = PatientKey.Of("4711", "CLINIC")!, other = PatientKey.Of("4711", "OTHER")!;

        Assert.False(PatientKey.Contradict(plain, clinic));
        Assert.True(PatientKey.Contradict(clinic, other));
        Assert.True(PatientKey.Contradict(plain, PatientKey.Of("4712", "")!));
        Assert.Equal(plain, PatientKey.WithoutIssuer(clinic));
        Assert.Null(PatientKey.Of("", "CLINIC"));
    }

    [Fact]
    public void Key_of_a_patient_without_an_issuer_is_that_of_the_first_version() => Assert.Equal(
        SHA256.HashData(Encoding.UTF8.GetBytes("4711\\")), PatientKey.Of("4711", ""));
}
