using DicomRn.Learning.Torch;
using DicomRn.Learning.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) whose whole state can be stored, so that training resumes exactly. Vectors
/// (biases, norms) and tokens are not decayed.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.95;
    private const double Epsilon = 1e-8;
    private readonly List<(string Name, Parameter Parameter, Tensor First, Tensor Second, bool Decays, double RateFactor)> _slots = [];
    private readonly double _weightDecay;

    /// <param name="parameters">What is trained.</param>
    /// <param name="weightDecay">Decoupled weight decay.</param>
    /// <param name="rateFactor">The factor on the learning rate of a parameter, by its name; 1 without.</param>
    public AdamW(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay, Func<string, double>? rateFactor = null)
    {
        _weightDecay = weightDecay;
        foreach ((string name, Parameter p) in parameters)
        {
            bool decays = p.dim() > 1 && !name.EndsWith("_token", StringComparison.Ordinal)
                && !name.EndsWith("position_embeddings", StringComparison.Ordinal);
            _slots.Add((name, p, zeros_like(p).DetachFromDisposeScope(), zeros_like(p).DetachFromDisposeScope(), decays, rateFactor?.Invoke(name) ?? 1));
        }
    }

    /// <summary>Applies the gradients, as update number <paramref name="number"/> (from 1), and clears them.</summary>
    public void Step(int number, double learningRate)
    {
        using var noGradient = no_grad();
        double correction1 = 1 - Math.Pow(Beta1, number), correction2 = 1 - Math.Pow(Beta2, number);
        // Kept until the end of the calls: see NumberArithmetic.
        using Scalar beta1 = Beta1.ToScalar(), rest1 = (1 - Beta1).ToScalar(), beta2 = Beta2.ToScalar(), rest2 = (1 - Beta2).ToScalar();
        using Scalar epsilon = Epsilon.ToScalar();
        foreach ((_, Parameter p, Tensor first, Tensor second, bool decays, double factor) in _slots)
        {
            using var scope = NewDisposeScope();
            if (p.grad is not { } gradient)
                continue;
            double rate = learningRate * factor;
            using Scalar left = (1 - rate * _weightDecay).ToScalar(), change = (-rate / correction1).ToScalar();
            if (decays)
                p.mul_(left);
            first.mul_(beta1).add_(gradient, alpha: rest1);
            second.mul_(beta2).addcmul_(gradient, gradient, rest2);
            Tensor denominator = second.Over(correction2).sqrt_().add_(epsilon, NumberArithmetic.One);
            p.addcdiv_(first, denominator, change);
            gradient.zero_();
        }
    }

    public IReadOnlyDictionary<string, StoredTensor> Export() => _slots
        .SelectMany(s => new[] { ($"first.{s.Name}", s.First), ($"second.{s.Name}", s.Second) })
        .ToDictionary(t => t.Item1, t => TensorTransfer.Store(t.Item2));

    /// <exception cref="InvalidDataException">The stored state is of another model.</exception>
    public void Import(IReadOnlyDictionary<string, StoredTensor> stored)
    {
        foreach ((string name, _, Tensor first, Tensor second, _, _) in _slots)
        {
            if (!stored.TryGetValue($"first.{name}", out StoredTensor? m) || !stored.TryGetValue($"second.{name}", out StoredTensor? v))
                throw new InvalidDataException($"The optimiser's state has no {name}.");
            TensorTransfer.Load(m, first, name);
            TensorTransfer.Load(v, second, name);
        }
    }

    public void Dispose()
    {
        foreach ((_, _, Tensor first, Tensor second, _, _) in _slots)
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
