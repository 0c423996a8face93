"""A Vision Transformer of MONAI's layout in plain PyTorch, for the comparison of inference.

Usage: vit_inference.py SPECIFICATION FOLDER. Reads FOLDER/weights.safetensors and FOLDER/input.safetensors, writes the graph with the same
weights as FOLDER/vit.onnx and the logits and pooled tokens as FOLDER/pytorch.f32 (little-endian, one after the other), says "ready", and then
answers each line "N" of standard input with the seconds that N passes took.
"""
import json
import pathlib
import struct
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

s = json.loads(sys.argv[1])
folder = pathlib.Path(sys.argv[2])
torch.set_num_threads(s["threads"])
heads, layers, patch = s["heads"], s["layers"], s["patch"]


def read(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        first, last = (8 + length + n for n in entry["data_offsets"])
        tensors[name] = torch.frombuffer(bytearray(data[first:last]), dtype=torch.float32).reshape(entry["shape"])
    return tensors


class Vit(nn.Module):
    def __init__(self, weights):
        super().__init__()
        hidden = weights["norm.weight"].shape[0]
        self.hidden, self.names = hidden, {}
        for name, value in weights.items():
            self.names[name] = name.replace(".", "__")
            self.register_parameter(self.names[name], nn.Parameter(value, requires_grad=False))

    def weight(self, name):
        return getattr(self, self.names[name]) if name in self.names else None

    def linear(self, name, x):
        return F.linear(x, self.weight(name + ".weight"), self.weight(name + ".bias"))

    def norm(self, name, x):
        return F.layer_norm(x, (self.hidden,), self.weight(name + ".weight"), self.weight(name + ".bias"))

    def forward(self, x):
        kernels = "patch_embedding.patch_embeddings"
        x = F.conv3d(x, self.weight(kernels + ".weight"), self.weight(kernels + ".bias"), stride=patch).flatten(2).transpose(1, 2)
        x = x + self.weight("patch_embedding.position_embeddings")
        x = torch.cat((self.weight("cls_token").expand(x.shape[0], -1, -1), x), dim=1)
        batch, tokens, hidden = x.shape
        for n in range(layers):
            block = f"blocks.{n}."
            qkv = self.linear(block + "attn.qkv", self.norm(block + "norm1", x))
            q, k, v = qkv.reshape(batch, tokens, 3, heads, hidden // heads).permute(2, 0, 3, 1, 4).unbind(0)
            attention = ((q * (hidden // heads) ** -0.5) @ k.transpose(-2, -1)).softmax(dim=-1)
            x = x + self.linear(block + "attn.out_proj", (attention @ v).transpose(1, 2).reshape(batch, tokens, hidden))
            x = x + self.linear(block + "mlp.linear2", F.gelu(self.linear(block + "mlp.linear1", self.norm(block + "norm2", x))))
        pooled = self.norm("norm", x)[:, 0]
        return self.linear("classification_head", pooled)[:, 0], pooled


model = Vit(read(folder / "weights.safetensors")).eval()
image = read(folder / "input.safetensors")["input"]
with torch.inference_mode():
    logits, pooled = model(image)
(folder / "pytorch.f32").write_bytes(torch.cat((logits.flatten(), pooled.flatten())).numpy().tobytes())
torch.onnx.export(model, image, str(folder / "vit.onnx"), opset_version=16, input_names=["input"], output_names=["logits", "pooled"])
print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    begun = time.perf_counter()
    with torch.inference_mode():
        for _ in range(int(line)):
            model(image)
    print(time.perf_counter() - begun, flush=True)
