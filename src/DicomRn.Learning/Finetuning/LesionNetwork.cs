using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>A network with one logit per lesion, above 0 for progression.</summary>
internal abstract class LesionNetwork(string name) : nn.Module(name)
{
    /// <summary>Logits [B], in 32 bits.</summary>
    /// <param name="input">T1CE and mask, [B, 2, D, H, W].</param>
    /// <param name="clinical">Encoded clinical variables [B, n]; null where the network does not take any.</param>
    public abstract Tensor Logits(Tensor input, Tensor? clinical);

    /// <summary>What stands for the image where it is decided, [B, hidden], in 32 bits.</summary>
    /// <param name="input">T1CE and mask, [B, 2, D, H, W].</param>
    public abstract Tensor Embed(Tensor input);

    /// <summary>What is trained.</summary>
    public abstract IEnumerable<(string Name, Parameter Parameter)> Trained();

    /// <summary>The factor on the learning rate of a parameter.</summary>
    public virtual double RateFactor(string parameter) => 1;
}
