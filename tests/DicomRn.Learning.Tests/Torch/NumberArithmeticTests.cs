using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Torch;

public sealed class NumberArithmeticTests
{
    private const byte Call = 0x28;

    [Fact]
    public void Numbers_meet_tensors_as_the_operators_let_them()
    {
        using var scope = NewDisposeScope();
        Tensor t = tensor(new[] { 1f, -2f, 3f });

        Assert.Equal([2.5f, -5f, 7.5f], t.Times(2.5).data<float>().ToArray());
        Assert.Equal([0.5f, -1f, 1.5f], t.Over(2).data<float>().ToArray());
        Assert.Equal([1.5f, -1.5f, 3.5f], t.Plus(0.5).data<float>().ToArray());
        Assert.Equal([false, false, true], t.IsAbove(1).data<bool>().ToArray());
        Assert.Equal([7f, -2f, 7f], t.Filled(t.IsAbove(0), 7).data<float>().ToArray());
    }

    [Fact]
    public void No_method_hands_a_number_to_libtorch_that_nothing_keeps_alive()
    {
        using PEReader file = new(File.OpenRead(typeof(LesionClassifier).Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        HashSet<int> unguarded = [.. metadata.MemberReferences.Where(h => IsUnguarded(metadata, metadata.GetMemberReference(h))).Select(h => MetadataTokens.GetToken(h))];
        List<string> users = [];
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
                continue;
            byte[] code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
            for (int n = 0; n + 4 < code.Length; n++)
            {
                if (code[n] == Call && unguarded.Contains(BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(n + 1))))
                    users.Add($"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{metadata.GetString(method.Name)}");
            }
        }

        Assert.Empty(users);
    }

    /// <summary>A conversion of a number to a scalar, or an operator of a tensor and a number.</summary>
    private static bool IsUnguarded(MetadataReader metadata, MemberReference member)
    {
        if (member.GetKind() != MemberReferenceKind.Method || member.Parent.Kind != HandleKind.TypeReference)
            return false;
        string type = metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name), name = metadata.GetString(member.Name);
        if (type == nameof(Scalar))
            return name == "op_Implicit";
        bool takesNumber = metadata.GetBlobBytes(member.Signature).Skip(2).Any(b => (SignatureTypeCode)b
            is SignatureTypeCode.Double or SignatureTypeCode.Single or SignatureTypeCode.Int32 or SignatureTypeCode.Int64);
        // A tensor of a number is made without a scalar.
        return type == nameof(Tensor) && name.StartsWith("op_", StringComparison.Ordinal) && name != "op_Implicit" && takesNumber;
    }
}
