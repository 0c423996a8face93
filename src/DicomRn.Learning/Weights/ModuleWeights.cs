using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Weights;

/// <summary>The parameters of a module to and from plain arrays, by their names.</summary>
internal static class ModuleWeights
{
    public static IReadOnlyDictionary<string, StoredTensor> Export(nn.Module module) =>
        module.named_parameters().ToDictionary(p => p.name, p => TensorTransfer.Store(p.parameter));

    /// <summary>Takes over stored parameters.</summary>
    /// <exception cref="InvalidDataException">A parameter is missing, unknown, or of another shape.</exception>
    public static void Import(nn.Module module, IReadOnlyDictionary<string, StoredTensor> stored)
    {
        HashSet<string> unknown = [.. stored.Keys];
        using var noGradient = no_grad();
        foreach ((string name, Parameter parameter) in module.named_parameters())
        {
            if (!stored.TryGetValue(name, out StoredTensor? values))
                throw new InvalidDataException($"The weights have no {name}.");
            TensorTransfer.Load(values, parameter, name);
            unknown.Remove(name);
        }

        if (unknown.Count > 0)
            throw new InvalidDataException($"The weights hold {unknown.Order().First()}, which this architecture has not.");
    }
}
