using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DicomRn.Tests.DicomStack;

/// <summary>
/// <c>-p:DicomStack=fo-dicom</c> puts the fo-dicom package in the place of DicomRn.Dicom. Where that package cannot be
/// restored, nothing but this list shows which of its members the program needs: it is read from the compiled assemblies,
/// in fo-dicom's namespaces, and kept beside this test, so that a new member is seen in review and looked up before it is used.
/// <para>
/// Verified against the source at github.com/fo-dicom/fo-dicom, versions 5.1 and 5.2: every member listed, and the whole program, which
/// compiles without a warning with an assembly of nothing but those signatures. Read as of commits dbab9e8 and f9dd37b, DicomDataset
/// 540f1e8, DicomElement 6914e7c, DicomFile c38050b, DicomTransferSyntax 09f7d38, the dictionaries of tags 6089255 and of UIDs 4af50e0;
/// DicomStatus, messages and presentation contexts as of 5.0. The tags FlipAngle, SamplesPerPixel, MRImageFrameTypeSequence,
/// MeasurementUnitsCodeSequence, ApprovalStatus, ConvolutionKernel, KVP and those of RT Plans were seen in programs that use fo-dicom, not in
/// its dictionary. Not verified: the package itself, which has been neither linked nor run.
/// </para>
/// </summary>
public sealed class DicomStackMembersTests
{
    private const string Stack = "DicomRn.Dicom";
    private static readonly string[] Users = ["DicomRn.Imaging", "DicomRn.Learning", "DicomRn.Node", "dicomrn"];

    [Fact]
    public void Members_used_outside_the_stack_are_those_listed()
    {
        SortedSet<string> used = new(StringComparer.Ordinal);
        foreach (string assembly in Users)
            used.UnionWith(StackMembers.UsedBy(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), Stack, "FellowOakDicom"));
        Assert.NotEmpty(used);

        string list = Path.Combine(AppContext.BaseDirectory, "DicomStack", "members.txt");
        string[] listed = File.ReadAllLines(list);
        string[] added = [.. used.Except(listed)];
        string[] gone = [.. listed.Except(used)];
        if (added.Length + gone.Length == 0)
            return;
        string actual = Path.Combine(AppContext.BaseDirectory, "DicomStack", "members.actual.txt");
        File.WriteAllLines(actual, used);
        Assert.Fail($"""
            The members of the DICOM stack used outside it have changed. Make sure that fo-dicom 5.2 has each new one with the
            same meaning, then replace tests/DicomRn.Tests/DicomStack/members.txt by {actual}.
            Not listed:
              {string.Join("\n  ", added)}
            Listed, not used any more:
              {string.Join("\n  ", gone)}
            """);
    }

    [Fact]
    public void Assemblies_outside_the_stack_see_no_internals_of_it()
    {
        using PEReader file = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, Stack + ".dll")));
        MetadataReader metadata = file.GetMetadataReader();
        string[] friends = [.. metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(handle => metadata.GetCustomAttribute(handle))
            .Where(attribute => StackMembers.TypeOf(metadata, attribute).EndsWith("InternalsVisibleToAttribute", StringComparison.Ordinal))
            .Select(attribute => metadata.GetBlobReader(attribute.Value))
            .Select(blob => { blob.ReadUInt16(); return blob.ReadSerializedString()!; })];
        Assert.NotEmpty(friends);
        Assert.Empty(friends.Intersect(Users, StringComparer.OrdinalIgnoreCase));
    }
}
