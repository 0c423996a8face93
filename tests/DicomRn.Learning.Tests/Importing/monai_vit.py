"""A Vision Transformer of MONAI's layout in plain PyTorch: random weights, an input, and what comes out of it.

Usage: monai_vit.py SPECIFICATION FOLDER. Writes FOLDER/vit.safetensors, as another program would, and FOLDER/reference.safetensors: the
input in this project's axes (slices to the head, rows to the back, columns to the left), the normalised tokens in the same order, the class
token first, and the logit of progression.
"""
import json
import pathlib
import struct
import sys

import torch
from torch.nn import functional as F

OWN = "SPL"
PAIRS = ("SI", "PA", "LR")
TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}

s = json.loads(sys.argv[1])
folder = pathlib.Path(sys.argv[2])
torch.manual_seed(s["seed"])
hidden, patch, channels, layers, heads = s["hidden"], s["patch"], s["channels"], s["layers"], s["heads"]
grid = s["image"] // patch
order = [next(n for n, pair in enumerate(PAIRS) if letter in pair) for letter in s["axes"]]
reversed_axes = [n for n, letter in enumerate(s["axes"]) if letter not in OWN]


def to_source(cube, first):
    """Dimensions first, first + 1 and first + 2 from this project's axes to those of the model."""
    around = [*range(first), *(first + n for n in order), *range(first + 3, cube.dim())]
    return cube.permute(around).flip([first + n for n in reversed_axes])


def from_source(cube, first):
    back = [order.index(n) for n in range(3)]
    around = [*range(first), *(first + n for n in back), *range(first + 3, cube.dim())]
    return cube.flip([first + n for n in reversed_axes]).permute(around)


def random(*shape):
    return torch.randn(*shape) * s["spread"]


def weights():
    w = {}

    def linear(name, outputs, inputs, bias=True):
        w[name + ".weight"] = random(outputs, inputs)
        if bias:
            w[name + ".bias"] = random(outputs)

    def norm(name):
        w[name + ".weight"] = 1 + random(hidden)
        w[name + ".bias"] = random(hidden)

    if s["perceptron"]:
        linear("patch_embedding.patch_embeddings.1", hidden, channels * patch**3)
    else:
        w["patch_embedding.patch_embeddings.weight"] = random(hidden, channels, patch, patch, patch)
        w["patch_embedding.patch_embeddings.bias"] = random(hidden)
    w["patch_embedding.position_embeddings"] = random(1, grid**3, hidden)
    for n in range(layers):
        block = f"blocks.{n}."
        norm(block + "norm1")
        linear(block + "attn.qkv", 3 * hidden, hidden, s["qkv_bias"])
        linear(block + "attn.out_proj", hidden, hidden)
        norm(block + "norm2")
        linear(block + "mlp.linear1", s["mlp"], hidden)
        linear(block + "mlp.linear2", hidden, s["mlp"])
    norm("norm")
    if s["class_token"]:
        w["cls_token"] = random(1, 1, hidden)
    if s["outputs"]:
        linear("classification_head" + (".0" if s["sequential"] else ""), s["outputs"], hidden)
    return {name: value.to(TYPES[s["type"]]) for name, value in w.items()}


def forward(w, x):
    """[B, C, X, Y, Z] to normalised tokens and the head's outputs."""
    w = {name: value.float() for name, value in w.items()}

    def linear(name, tokens):
        return F.linear(tokens, w[name + ".weight"], w.get(name + ".bias"))

    def norm(name, tokens):
        return F.layer_norm(tokens, (hidden,), w[name + ".weight"], w[name + ".bias"])

    batch = x.shape[0]
    if s["perceptron"]:
        # einops: "b c (h p1) (w p2) (d p3) -> b (h w d) (p1 p2 p3 c)"
        x = x.reshape(batch, channels, grid, patch, grid, patch, grid, patch).permute(0, 2, 4, 6, 3, 5, 7, 1)
        x = linear("patch_embedding.patch_embeddings.1", x.reshape(batch, grid**3, -1))
    else:
        kernels = "patch_embedding.patch_embeddings"
        x = F.conv3d(x, w[kernels + ".weight"], w[kernels + ".bias"], stride=patch).flatten(2).transpose(1, 2)
    x = x + w["patch_embedding.position_embeddings"]
    if s["class_token"]:
        x = torch.cat((w["cls_token"].expand(batch, -1, -1), x), dim=1)
    for n in range(layers):
        block = f"blocks.{n}."
        # einops: "b h (qkv l d) -> qkv b l h d"
        qkv = linear(block + "attn.qkv", norm(block + "norm1", x))
        q, k, v = qkv.reshape(batch, -1, 3, heads, hidden // heads).permute(2, 0, 3, 1, 4)
        attention = (torch.einsum("blxd,blyd->blxy", q, k) * (hidden // heads) ** -0.5).softmax(dim=-1)
        mixed = torch.einsum("bhxy,bhyd->bhxd", attention, v).permute(0, 2, 1, 3).reshape(batch, -1, hidden)
        x = x + linear(block + "attn.out_proj", mixed)
        x = x + linear(block + "mlp.linear2", F.gelu(linear(block + "mlp.linear1", norm(block + "norm2", x))))
    x = norm("norm", x)
    head = "classification_head" + (".0" if s["sequential"] else "")
    return x, linear(head, x[:, 0]) if s["outputs"] else None


def unused(w):
    """What MONAI's state dicts hold beside: ViTAutoEnc's decoder, an unused token, cross-attention that is never asked."""
    w["conv3d_transpose.weight"], w["conv3d_transpose.bias"] = random(hidden, 16, 4, 4, 4), random(16)
    w["conv3d_transpose_1.weight"], w["conv3d_transpose_1.bias"] = random(16, 1, 4, 4, 4), random(1)
    w["patch_embedding.cls_token"] = random(1, 1, hidden)
    for n in range(layers):
        for name in ("norm_cross_attn.weight", "norm_cross_attn.bias", "cross_attn.out_proj.bias"):
            w[f"blocks.{n}.{name}"] = random(hidden)
        for name in ("out_proj", "to_q", "to_k", "to_v"):
            w[f"blocks.{n}.cross_attn.{name}.weight"] = random(hidden, hidden)


def write(path, tensors):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    names = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}
    for name, value in tensors.items():
        length = value.numel() * value.element_size()
        header[name] = {"dtype": names[value.dtype], "shape": list(value.shape), "data_offsets": [offset, offset + length]}
        offset += length
    text = json.dumps(header).encode()
    text += b" " * ((3 - len(text)) % 8)  # on purpose not a multiple of 8
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for value in tensors.values():
            flat = value.contiguous()
            file.write((flat.view(torch.int16) if flat.dtype == torch.bfloat16 else flat).numpy().tobytes())


state = weights()
image = torch.randn(s["batch"], channels, *[s["image"]] * 3)
source = to_source(image, 2)
if s["mask_first"]:
    source = source.flip(1)
with torch.no_grad():
    tokens, outputs = forward(state, source.contiguous())
first = 1 if s["class_token"] else 0
patches = from_source(tokens[:, first:].reshape(-1, grid, grid, grid, hidden), 1).reshape(-1, grid**3, hidden)
reference = {"input": image, "tokens": torch.cat((tokens[:, :first], patches), dim=1)}
if outputs is not None:
    sign = 1 if s["progression"] == 1 else -1
    reference["logits"] = sign * (outputs[:, 1] - outputs[:, 0] if outputs.shape[1] == 2 else outputs[:, 0])
if s["unused"]:
    unused(state)
write(folder / "vit.safetensors", {s["prefix"] + name: value for name, value in state.items()})
write(folder / "reference.safetensors", reference)
