"""Runs exported scripts on given state, batches and random draws: one process for all cases.

Reads a JSON list of jobs from the first file, their long lists of numbers from the second, and writes a list of results
to the third. A script runs as it is; from
outside its state is set, and what it draws at random is given.
"""

import json
import math
import mmap
import sys
import traceback

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


NUMBERS = None


def floats(given):
    """Numbers of a job: a list, or where they stand in the file of long lists."""
    dtype = torch.get_default_dtype()
    if isinstance(given, dict):
        kind = getattr(torch, given["numbers"])
        return torch.frombuffer(NUMBERS, dtype=kind, count=given["count"], offset=given["from"]).to(dtype, copy=True)
    return torch.tensor([float(v) for v in given], dtype=dtype)


class Draws:
    """Evenly spread numbers in the order in which they are asked for."""

    def __init__(self):
        self.queue, self.at = [], 0

    def give(self, queue):
        self.queue, self.at = queue or [], 0

    def again(self):
        self.at = 0

    def next(self, shape):
        if self.at >= len(self.queue):
            raise RuntimeError(f"the export draws more than it should: {tuple(shape)}")
        values = self.queue[self.at]
        self.at += 1
        count = math.prod(shape)
        numbers = floats(values)
        if len(numbers) != count:
            raise RuntimeError(f"the export draws {tuple(shape)} where {len(numbers)} numbers are drawn here")
        return numbers.reshape(tuple(shape))


draws = Draws()


def shape_of(size):
    return size[0] if len(size) == 1 and isinstance(size[0], (tuple, list, torch.Size)) else size


def rand(*size, **_):
    return draws.next(shape_of(size))


def randn(*size, **_):
    """Box and Muller's normal numbers, out of two draws."""
    u, v = draws.next(shape_of(size)), draws.next(shape_of(size))
    return torch.sqrt(-2 * torch.log(u)) * torch.cos(2 * math.pi * v)


def dropped(shape_of_mask):
    def dropout(x, p=0.5, training=True, inplace=False):
        if not training or p == 0:
            return x
        if p == 1:
            return x * 0
        kept = (draws.next(shape_of_mask(x)) >= p).to(x.dtype)
        return x * kept * (1 / (1 - p))

    return dropout


def by_channel(axes):
    return lambda x: (*x.shape[:-axes], *([1] * axes))


patches = {
    torch: {
        "rand": rand,
        "randn": randn,
        "rand_like": lambda x, **_: rand(*x.shape),
        "randn_like": lambda x, **_: randn(*x.shape),
    },
    F: {
        "dropout": dropped(lambda x: x.shape),
        "dropout1d": dropped(by_channel(1)),
        "dropout2d": dropped(by_channel(2)),
        "dropout3d": dropped(by_channel(3)),
    },
}


originals = {module: {name: getattr(module, name) for name in names} for module, names in patches.items()}


class Patched:
    def __init__(self, given):
        self.given = given

    def __enter__(self):
        self.kept = [(module, name, getattr(module, name)) for module, names in self.given.items() for name in names]
        for module, names in self.given.items():
            for name, value in names.items():
                setattr(module, name, value)

    def __exit__(self, *_):
        for module, name, value in self.kept:
            setattr(module, name, value)


def plain(x):
    """A tensor for JSON; NaN and infinities as words."""
    values = x.detach().double().flatten().tolist()
    return [v if math.isfinite(v) else "nan" if v != v else "inf" if v > 0 else "-inf" for v in values]


def tensor(given):
    return floats(given["data"]).reshape(given["shape"])


def made(job):
    """The script, and its model as it begins: what is drawn for that is none of our draws."""
    namespace = {"__name__": "export", "__file__": "export.py", "__doc__": ""}
    exec(compile(job["script"], "export.py", "exec"), namespace)
    with Patched(originals):
        return namespace, namespace[job["model"]]()


def load(job):
    namespace, model = made(job)
    state = {name: tensor(given) for name, given in job["state"].items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    trained = {name for name, p in model.named_parameters() if p.requires_grad}
    unset = [name for name in missing if name in trained]
    if unexpected or unset:
        raise RuntimeError(f"state_dict: {unset} have no state, {unexpected} are unknown")
    forward = model.forward

    def from_the_start(*args, **kwargs):
        draws.again()
        return forward(*args, **kwargs)

    model.forward = from_the_start
    return namespace, model


def derivatives(job):
    """Outputs, the gradient of a scalar made of them, and the gradient of that along a direction."""
    _, model = load(job)
    results = {}
    given = {name: tensor(value) for name, value in job["arguments"].items()}
    model.eval()
    draws.give(job["drawsWhenShown"])
    for name, value in model(**given).items():
        if torch.is_tensor(value):
            results[f"shown {name}"] = plain(value)
        else:
            for part, number in value.items():
                results[f"check {name}.{part}"] = plain(torch.as_tensor(number))
    if not job["differentiates"]:
        return results
    model.train()
    draws.give(job["draws"])
    outs = model(**given)
    total = 0
    for name, weights in job["weights"].items():
        y, w = outs[name], tensor({"shape": outs[name].shape, "data": weights})
        results[f"trained {name}"] = plain(y)
        total = total + (w * (y + 0.5 * y * y)).sum()
    for name, value in model.named_buffers():
        if name in job["buffers"]:
            results[f"buffer {name}"] = plain(value)
    parameters = {name: p for name, p in model.named_parameters() if name in job["directions"]}

    def gradients(of):
        if not (of.requires_grad and parameters):
            return [torch.zeros_like(p) for p in parameters.values()]
        found = torch.autograd.grad(of, list(parameters.values()), create_graph=True, allow_unused=True)
        return [torch.zeros_like(p) if g is None else g for g, p in zip(found, parameters.values())]

    first = gradients(total)
    along = sum((tensor(job["directions"][name]) * g).sum() for name, g in zip(parameters, first))
    for name, g in zip(parameters, first):
        results[f"first {name}"] = plain(g)
    for name, g in zip(parameters, gradients(along) if torch.is_tensor(along) else []):
        results[f"second {name}"] = plain(g)
    return results


def training(job):
    """The script's own training loop: what each step measures, and the parameters in the end."""
    namespace, model = load(job)
    steps = len(job["steps"])
    if "shuffled" in namespace or "drawn" in namespace:
        taken = {}

        def rows_of(rows, size):
            group = taken.setdefault("next", 0)
            taken["next"] += 1
            for step in job["steps"]:
                yield floats(step["rows"][group]).long()

        namespace["shuffled"] = namespace["drawn"] = rows_of
    data = {name: tensor(column) for name, column in job["data"].items()}
    for group in job["groups"]:
        data[f"{group}.train"] = data[f"{group}.test"] = torch.zeros(1, dtype=torch.long)
    args = (model, data, steps) if job["groups"] else (model, steps)
    results = {}
    draws.give(job["steps"][0]["draws"])
    for step, metrics in enumerate(namespace["train"](*args)):
        for name, value in metrics.items():
            results.setdefault(f"metric {name}", []).append(value)
        if not job["groups"]:
            for name, value in model.named_parameters():
                results.setdefault(f"parameter {name}", []).extend(plain(value))
        if step + 1 < steps:
            draws.give(job["steps"][step + 1]["draws"])
    for name, values in results.items():
        if name.startswith("metric"):
            results[name] = plain(torch.tensor(values, dtype=torch.float64))
    return results


def count(job):
    with torch.device("meta") if hasattr(torch.device("meta"), "__enter__") else Meta():
        _, model = made(job)
    return {"parameters": [sum(p.numel() for p in model.parameters())]}


class Meta:
    """PyTorch 1.13 has no device as a context: what makes tensors makes them without memory."""

    factories = ("arange", "empty", "eye", "full", "ones", "rand", "randn", "tensor", "zeros")

    def __enter__(self):
        self.kept = {name: getattr(torch, name) for name in self.factories}
        for name, make in self.kept.items():
            setattr(torch, name, self.without_memory(make))

    def __exit__(self, *_):
        for name, make in self.kept.items():
            setattr(torch, name, make)

    @staticmethod
    def without_memory(make):
        def made(*args, **kwargs):
            return make(*args, **{**kwargs, "device": kwargs.get("device") or "meta"})

        return made


kinds = {"derivatives": derivatives, "training": training, "count": count}


def short(trace):
    """Where it failed, and why."""
    return "\n".join(line for line in trace.splitlines()[1:] if "^^^" not in line)


def run(job):
    results = {}
    for dtype in job["dtypes"]:
        torch.set_default_dtype(getattr(torch, dtype))
        try:
            with Patched(patches):
                results[dtype] = kinds[job["kind"]](job)
        except Exception:
            results[dtype] = {"error": short(traceback.format_exc(limit=-1))}
    return results


def main():
    global NUMBERS
    with open(sys.argv[1]) as file:
        jobs = json.load(file)
    with open(sys.argv[2], "rb") as file:
        NUMBERS = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    with open(sys.argv[3], "w") as file:
        json.dump([run(job) for job in jobs], file, allow_nan=False)


main()
