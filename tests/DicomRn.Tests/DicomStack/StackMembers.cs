using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DicomRn.Tests.DicomStack;

/// <summary>Reads from a compiled assembly which types and members of another one it uses.</summary>
internal static class StackMembers
{
    /// <summary>One line per type (<c>Namespace.Type</c>) and member (<c>Namespace.Type.Member(parameters) : result</c>).</summary>
    /// <param name="path">The assembly that uses.</param>
    /// <param name="stack">Name, and root namespace, of the assembly that is used.</param>
    /// <param name="rootNamespace">What to write for that root namespace.</param>
    public static IEnumerable<string> UsedBy(string path, string stack, string rootNamespace)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        SignatureNames names = new(stack, rootNamespace);
        SortedSet<string> used = new(StringComparer.Ordinal);
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
            if (IsOf(metadata, handle, stack))
                used.Add(names.GetTypeFromReference(metadata, handle, 0));
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (Owner(metadata, member.Parent) is not { } owner || !IsOf(metadata, owner, stack))
                continue;
            string name = $"{names.GetTypeFromReference(metadata, owner, 0)}.{metadata.GetString(member.Name)}";
            if (member.GetKind() == MemberReferenceKind.Field)
            {
                used.Add($"{name} : {member.DecodeFieldSignature(names, null)}");
                continue;
            }

            MethodSignature<string> signature = member.DecodeMethodSignature(names, null);
            string generic = signature.GenericParameterCount > 0 ? $"<{signature.GenericParameterCount}>" : "";
            used.Add($"{name}{generic}({string.Join(", ", signature.ParameterTypes)}) : {signature.ReturnType}");
        }

        return used;
    }

    /// <summary>The type of a custom attribute.</summary>
    public static string TypeOf(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && Owner(metadata, metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) is { } owner
            ? metadata.GetString(metadata.GetTypeReference(owner).Name)
            : "";

    private static TypeReferenceHandle? Owner(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => (TypeReferenceHandle)parent,
        HandleKind.TypeSpecification => GenericDefinition(metadata, (TypeSpecificationHandle)parent),
        _ => null,
    };

    private static TypeReferenceHandle? GenericDefinition(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        BlobReader blob = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        blob.ReadByte();
        EntityHandle definition = blob.ReadTypeHandle();
        return definition.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)definition : null;
    }

    private static bool IsOf(MetadataReader metadata, TypeReferenceHandle handle, string assembly)
    {
        EntityHandle scope = metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsOf(metadata, (TypeReferenceHandle)scope, assembly),
            HandleKind.AssemblyReference =>
                metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == assembly,
            _ => false,
        };
    }

    private sealed class SignatureNames(string stack, string rootNamespace) : ISignatureTypeProvider<string, object?>
    {
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            TypeReference type = reader.GetTypeReference(handle);
            string name = reader.GetString(type.Name);
            if (type.ResolutionScope.Kind == HandleKind.TypeReference)
                return $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}.{name}";
            string space = reader.GetString(type.Namespace);
            if (space == stack || space.StartsWith(stack + '.', StringComparison.Ordinal))
                return $"{rootNamespace}{space[stack.Length..]}.{name}";
            return name;
        }

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

        public string GetByReferenceType(string elementType) => "ref " + elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "fnptr";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
            $"{genericType}<{string.Join(", ", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
