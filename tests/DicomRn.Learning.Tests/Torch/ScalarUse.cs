using System.Reflection;
using System.Reflection.Emit;
using TorchSharp;

namespace DicomRn.Learning.Tests.Torch;

/// <summary>Finds calls of TorchSharp's methods that make a scalar of their own, which nothing keeps alive while libtorch uses it.</summary>
internal sealed class ScalarUse
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    private readonly Dictionary<MethodBase, string?> _unsafe = [];

    /// <summary>The methods of an assembly that call such a method, with its name.</summary>
    public static IReadOnlyList<string> In(System.Reflection.Assembly assembly)
    {
        ScalarUse use = new();
        List<string> found = [];
        foreach (MethodBase method in MethodsOf(assembly))
        {
            foreach (MethodBase called in CallsOf(method).Where(c => c.Module.Assembly == typeof(Scalar).Assembly))
            {
                if (called.Name == "op_Implicit" && called.DeclaringType == typeof(Scalar))
                    found.Add($"{Name(method)}: converts a number to a scalar");
                else if (use.Why(called) is { } why)
                    found.Add($"{Name(method)}: {why}");
            }
        }

        return [.. found.Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<MethodBase> MethodsOf(System.Reflection.Assembly assembly)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return assembly.GetTypes().SelectMany(t => t.GetMethods(All).Concat<MethodBase>(t.GetConstructors(All)));
    }

    private static string Name(MethodBase method) => $"{method.DeclaringType?.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})";

    /// <summary>Why a method of TorchSharp is not to be called: its name, and the one below it that makes the scalar. Null: it may be called.</summary>
    private string? Why(MethodBase method)
    {
        method = method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;
        if (_unsafe.TryGetValue(method, out string? known))
            return known;
        _unsafe[method] = null;
        // Who gets a scalar can keep it.
        if (method is MethodInfo { ReturnType: var type } && type == typeof(Scalar) || method.DeclaringType == typeof(Scalar))
            return null;
        foreach (MethodBase called in CallsOf(method).Where(c => c.Module == method.Module))
        {
            if (called is MethodInfo { ReturnType: var made } && made == typeof(Scalar) && called.DeclaringType?.Name is nameof(Scalar) or "ScalarExtensionMethods")
                return _unsafe[method] = Name(method);
            if (Why(called) is { } below)
                return _unsafe[method] = $"{Name(method)} by {below}";
        }

        return null;
    }

    private static IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            yield break;
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } t ? t.GetGenericArguments() : null, ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            OpCode op = OpCodesByValue[value];
            at += op.Size;
            if (op.OperandType == OperandType.InlineMethod && Resolve(method.Module, BitConverter.ToInt32(code, at), ofType, ofMethod) is { } called)
                yield return called;
            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(Module module, int token, Type[]? ofType, Type[]? ofMethod)
    {
        try
        {
            return module.ResolveMethod(token, ofType, ofMethod);
        }
        catch (FileNotFoundException)
        {
            // Of a library that is not there, and so not called.
            return null;
        }
    }
}
