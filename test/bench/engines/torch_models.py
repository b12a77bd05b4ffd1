"""The workloads in PyTorch: losses of the models that are trained, and the tensor expressions of the others.

A model takes its parameters in the order of the case's manifest, then x and y, in any precision.
"""
import math

import torch
import torch.nn.functional as F


def cross_entropy(logits, target):
    return -(target * F.log_softmax(logits, -1)).sum(-1).mean()


def perceptron(parameters, x, activation):
    layers = list(zip(parameters[0::2], parameters[1::2]))
    for i, (weight, bias) in enumerate(layers):
        x = torch.addmm(bias, x, weight)
        if i + 1 < len(layers):
            x = activation(x)
    return x


def classifier(parameters, x, y):
    return cross_entropy(perceptron(parameters, x, torch.relu), y)


def hamiltonian(parameters, x, y):
    """Greydanus et al. 2019: (dH/dp, -dH/dq) of a perceptron H is fitted to the observed motion."""
    x = x.detach().requires_grad_(True)
    energy = perceptron(parameters, x, torch.tanh).sum()
    (slope,) = torch.autograd.grad(energy, x, create_graph=True)
    field = torch.stack([slope[:, 1], -slope[:, 0]], 1)
    return ((field - y) ** 2).mean()


def convolution(parameters, x, y):
    k0, c0, k1, c1, dense, bias = parameters
    h = torch.relu(F.conv2d(x, k0, c0))
    h = torch.relu(F.conv2d(h, k1, c1, stride=2))
    return cross_entropy(torch.addmm(bias, h.flatten(1), dense), y)


def normed_convolution(parameters, x, y):
    k0, g0, h0, k1, g1, h1, dense, bias = parameters
    h = torch.relu(F.batch_norm(F.conv2d(x, k0), None, None, g0, h0, training=True))
    h = torch.relu(F.batch_norm(F.conv2d(h, k1, stride=2), None, None, g1, h1, training=True))
    return cross_entropy(torch.addmm(bias, h.flatten(1), dense), y)


def lstm(parameters, x, y):
    w, u, b, e, dense, bias = parameters
    start = x.new_zeros(1, len(x), len(u))
    # What nn.LSTM calls, whose weights are the transposed ones: input, (h, c), weights, biases, layers, dropout, training, bidirectional, batch first.
    _, h, _ = torch.lstm(x, (start, start), (w.t(), u.t(), b, e), True, 1, 0.0, True, False, True)
    return cross_entropy(torch.addmm(bias, h[0], dense), y)


def matrix_product_state(parameters, x, y):
    cores, middle = parameters
    sites, _, bond, _ = cores.shape
    features = torch.stack((1 - x, x), -1).transpose(0, 1)
    beside = torch.bmm(features, cores.reshape(sites, 2, bond * bond)).reshape(sites, len(x), bond, bond)
    matrices = beside + torch.eye(bond, dtype=x.dtype)
    left = right = x.new_full((len(x), 1, bond), bond**-0.5)
    for matrix in matrices[: sites // 2]:
        left = torch.bmm(left, matrix)
    for matrix in matrices[sites // 2 :].flip(0):
        right = torch.bmm(right, matrix.transpose(1, 2))
    return cross_entropy(torch.einsum("bl,lcr,br->bc", left[:, 0], middle, right[:, 0]), y)


def priced_classifier(parameters, x, y):
    price = sum((p * p).sum() for p in parameters)
    return cross_entropy(perceptron(parameters, x, torch.tanh), y) + 1e-3 * price


def transformer(parameters, x, y, heads=4):
    """One pre-norm block with causal attention and the tanh form of GELU."""
    g1, h1, wq, wk, wv, wo, g2, h2, w1, b1, w2, b2 = parameters
    batch, time, width = x.shape

    def split(w):
        return (h @ w).reshape(batch, time, heads, width // heads).transpose(1, 2)

    h = F.layer_norm(x, (width,), g1, h1, 1e-5)
    q, k, v = split(wq), split(wk), split(wv)
    mask = torch.full((time, time), -1e9, dtype=x.dtype).triu(1)
    weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(width // heads) + mask, -1)
    x = x + (weights @ v).transpose(1, 2).reshape(batch, time, width) @ wo
    h = F.layer_norm(x, (width,), g2, h2, 1e-5)
    h = h @ w1 + b1
    h = 0.5 * h * (1 + torch.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h**3)))
    return ((x + h @ w2 + b2 - y) ** 2).mean()


losses = {
    "mlp-small": classifier,
    "mlp-784": classifier,
    "hnn": hamiltonian,
    "cnn": convolution,
    "cnn-norm": normed_convolution,
    "lstm": lstm,
    "mps": matrix_product_state,
    "lbfgs": priced_classifier,
    "transformer": transformer,
}


def pairwise_ring(a, b, c, d):
    left = torch.einsum("abc,cde->abde", a, b)
    right = torch.einsum("efg,gha->efha", c, d)
    return torch.einsum("abde,efha->bdfh", left, right)


# The first form of a value is the plain one; others are better ways to ask for the same.
values = {
    "matmul-1024": {"": lambda a, b: torch.mm(a, b)},
    "einsum-4": {
        "": lambda a, b, c, d: torch.einsum("abc,cde,efg,gha->bdfh", a, b, c, d),
        "pairwise": pairwise_ring,
    },
    "batched-64": {"": lambda a, b: torch.bmm(a, b)},
    "chain-1e6": {"": lambda x: torch.tanh(x * 2.0 + 1.0) * x + torch.exp(-x * x)},
}
