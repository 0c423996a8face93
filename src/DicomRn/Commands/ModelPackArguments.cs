using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Learning.Packs;

namespace DicomRn.Commands;

/// <summary>Which model packs a command is about: a folder of packs, and one of them by name.</summary>
internal sealed class ModelPackArguments
{
    private readonly Option<DirectoryInfo> _models = new("--models")
    {
        Description = "The folder of the model packs; the one of the program by default.",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "models")),
    };

    private readonly Argument<string?> _name;

    /// <param name="isRequired">Whether a name must be given.</param>
    public ModelPackArguments(bool isRequired) => _name = new Argument<string?>("NAME")
    {
        Description = isRequired ? "Name of a pack." : "Name of a pack; all packs without it.",
        Arity = isRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    /// <summary>Adds the options to a command; the name only where <paramref name="withName"/>.</summary>
    public void AddTo(Command command, bool withName = true)
    {
        if (withName)
            command.Add(_name);
        command.Add(_models);
    }

    /// <summary>The packs meant.</summary>
    /// <exception cref="JobFailedException">There is no pack, or none of this name.</exception>
    /// <exception cref="ModelPackException">A manifest cannot be read.</exception>
    public IReadOnlyList<ModelPack> Find(ParseResult arguments, bool withName = true)
    {
        string folder = arguments.GetRequiredValue(_models).FullName;
        IReadOnlyList<ModelPack> packs = ModelPackCatalog.List(folder);
        if (packs.Count == 0)
            throw new JobFailedException($"{folder} holds no model pack.");
        if (!withName || arguments.GetValue(_name) is not { } name)
            return packs;
        ModelPack? pack = packs.FirstOrDefault(p => p.Manifest.Name == name);
        return pack is not null
            ? [pack]
            : throw new JobFailedException($"{folder} holds no pack {name}; it has {string.Join(", ", packs.Select(p => p.Manifest.Name))}.");
    }
}
