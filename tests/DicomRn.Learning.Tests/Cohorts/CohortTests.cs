using DicomRn.Learning.Cohorts;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Cohorts;

public sealed class CohortTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again_missing_values_included()
    {
        Touch("images/a.nii.gz", "images/b.nii.gz", "masks/a.nii.gz");
        CohortEntry full = new()
        {
            Patient = "001",
            Lesion = "2, frontal",
            TimePoint = 3,
            Days = 120.5,
            Image = _folder["images", "a.nii.gz"],
            Mask = _folder["masks", "a.nii.gz"],
            Label = LesionClass.Progression,
            Centre = "A",
            Split = CohortSplit.HeldOut,
            IsIndex = true,
            BrainMedian = 512.25,
            Clinical = new CohortClinicalData
            {
                AgeYears = 61,
                Sex = PatientSex.Female,
                Primary = "breast",
                DoseGy = 20,
                Fractions = 1,
                WholeBrainRadiotherapy = false,
                Surgery = true,
                MonthsSinceRadiosurgery = 7.5,
                LesionVolumeMm3 = 1234.5,
            },
        };
        CohortEntry bare = new() { Patient = "2", Image = _folder["images", "b.nii.gz"], Centre = "B", Split = CohortSplit.Unlabelled };
        Cohort.Write(_folder.Path, [full, bare]);
        Assert.Equal([full, bare], Cohort.Read(_folder.Path).Entries);
        Assert.Contains("001,\"2, frontal\",3,120.5,images/a.nii.gz,masks/a.nii.gz,progression,A,heldout,yes,512.25,61,F,breast,20,1,no,yes,7.5,1234.5", Table());
        Assert.Contains("2,,1,,images/b.nii.gz,,,B,unlabelled,,,,,,,,,,,", Table());
    }

    [Fact]
    public void Few_columns_are_enough_and_empty_cells_follow_from_the_rest()
    {
        Touch("1.nii", "2.nii", "3.nii", "m.nii");
        Table("""
            patient;lesion;time_point;image;mask;label;centre;x_note
            p1;L;1;1.nii;m.nii;RN;Erewhon;ours
            p1;L;2;2.nii;m.nii;rn;Erewhon;
            p2;;;3.nii;;;Erewhon;
            """);
        Cohort cohort = Cohort.Read(_folder.Path);
        Assert.Equal([CohortSplit.Development, CohortSplit.Development, CohortSplit.Unlabelled], cohort.Entries.Select(e => e.Split));
        Assert.Equal(2, Assert.Single(cohort.Cases(CohortSplit.Development)).TimePoint);
        Assert.All(cohort.Entries, e => Assert.Null(e.Clinical.AgeYears));
        Assert.Equal(3, cohort.PretrainingScans().Count);
    }

    [Fact]
    public void All_errors_are_told_with_line_and_column()
    {
        Touch("i.nii", "m.nii");
        Table("""
            patient,lesion,image,mask,label,centre,split,index,age_years,sex,fractions,dose_gy,wbrt
            ,1,i.nii,,,A,,,,,,,
            p1,1,none.nii,m.nii,necrosis,A,,,12o,F,1.5,-3,maybe
            p2,1,i.nii,m.nii,RN,A,development,yes,,x,,,
            p2,2,i.nii,,RN,A,heldout,,,,,,
            p3,,i.nii,m.nii,,A,testing,,,,,,
            p4,1,i.nii,m.nii,RN,A,unlabelled,,,,,,
            """);
        CohortException error = Assert.Throws<CohortException>(() => Cohort.Read(_folder.Path));
        Assert.Equal(
            [
                (2, "patient"), (3, "image"), (3, "label"), (3, "age_years"), (3, "dose_gy"), (3, "fractions"), (3, "wbrt"),
                (4, "sex"), (5, "mask"), (5, "split"), (6, "split"), (6, "lesion"), (7, "label"),
            ],
            error.Errors.Select(e => (e.Line, e.Column)));
        Assert.StartsWith($"{_folder[Cohort.TableName]}: 13 errors: line 2, patient: is empty; line 3, image: there is no file {_folder["none.nii"]}; ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_patient_in_two_splits_is_refused_also_when_writing()
    {
        CohortEntry entry = new() { Patient = "p", Lesion = "1", Image = "i.nii", Centre = "A", Split = CohortSplit.Development };
        CohortException error = Assert.Throws<CohortException>(
            () => Cohort.Write(_folder.Path, [entry, entry with { Lesion = "2", Split = CohortSplit.HeldOut }]));
        Assert.Contains("line 3, split: is heldout, but development for the same patient on line 2", error.Message);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Theory]
    [InlineData("patient,lesion,time_point,image,mask,label,centre,index\np,1,1,i.nii,m.nii,RN,A,yes\np,1,2,i.nii,m.nii,RN,A,yes\n", "line 3, index: is yes, as on line 2")]
    [InlineData("patient,lesion,time_point,image,mask,label,centre\np,1,1,i.nii,m.nii,RN,A\np,1,2,i.nii,m.nii,progression,A\n", "line 3, label: is progression, but RN")]
    [InlineData("patient,lesion,image,mask,centre\np,1,i.nii,m.nii,A\np,1,i.nii,m.nii,A\n", "line 3: the same patient, lesion and time point as line 2")]
    [InlineData("patient,lesion,image,mask,centre,index\np,1,i.nii,m.nii,A,yes\n", "line 2, index: is yes, but the lesion has no label")]
    [InlineData("patient,image\np,i.nii\n", "line 1, centre: the column is missing")]
    [InlineData("patient,image,centre,age\np,i.nii,A,6\n", "line 1, age: no such column")]
    [InlineData("patient,image,centre,image\np,i.nii,A,i.nii\n", "line 1, image: the column stands here twice")]
    [InlineData("patient,image,centre\n", "holds no row")]
    [InlineData("", "line 1: there are no column names")]
    public void Contradictions_between_rows_are_told(string table, string told)
    {
        Touch("i.nii", "m.nii");
        Table(table);
        Assert.Contains(told, Assert.Throws<CohortException>(() => Cohort.Read(_folder.Path)).Message);
    }

    [Fact]
    public void Damaged_quotation_and_encoding_are_told()
    {
        Touch("i.nii");
        Table("patient,image,centre\np,i.nii,\"A\" b\"\n");
        Assert.Contains("line 2: cannot be read as CSV", Assert.Throws<CohortException>(() => Cohort.Read(_folder.Path)).Message);
        File.WriteAllBytes(_folder[Cohort.TableName], [.. "patient,image,centre\np,i.nii,"u8, 0xFC, (byte)'\n']);
        Assert.Contains("is not UTF-8", Assert.Throws<CohortException>(() => Cohort.Read(_folder.Path)).Message);
        Assert.Contains("no such file", Assert.Throws<CohortException>(() => Cohort.Read(_folder["elsewhere"])).Message);
    }

    private string Table() => File.ReadAllText(_folder[Cohort.TableName]);

    private void Table(string text) => File.WriteAllText(_folder[Cohort.TableName], text);

    private void Touch(params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.WriteAllText(_folder[name], "");
        }
    }
}
