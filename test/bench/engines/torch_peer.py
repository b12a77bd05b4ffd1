"""PyTorch as the reference and as a contender: one JSON request a line in, one JSON answer a line out.

Cases are the three files that case.ts describes; this program writes the reference, in float64.
"""
import json
import os
import sys

import numpy as np
import torch
from torch_models import losses, values

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))
from serve import seconds_per_call, serve

torch.set_num_threads(1)
LATER = 20


def blas():
    """The library that torch's matrix products run on, from the files this process has mapped."""
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps}
    except OSError:
        return "unknown"
    for name in ("openblas", "mkl_rt", "mkl_core", "blis", "atlas", "libblas"):
        if any(name in f for f in files):
            return "reference" if name == "libblas" else name
    return "unknown"


def load(folder, name, dtype):
    with open(f"{folder}/{name}.json") as f:
        manifest = json.load(f)
    flat = np.fromfile(f"{folder}/{name}.f32", dtype="<f4")
    tensors, at = {}, 0
    for entry in manifest["tensors"]:
        length = int(np.prod(entry["shape"]))
        tensors[entry["name"]] = torch.tensor(flat[at : at + length].reshape(entry["shape"])).to(dtype)
        at += length
    return manifest, tensors


class Training:
    def __init__(self, manifest, tensors):
        self.loss_of = losses[manifest["workload"]]
        name = manifest.get("optimizer", "adam")
        self.optimizer_of, self.evaluates = optimizers[name], name == "lbfgs"
        self.rate = manifest.get("rate", 1e-3)
        self.steps_in_all = manifest.get("restart")
        self.first = [tensors[name] for name in manifest["parameters"]]
        self.data = tensors["x"], tensors["y"]
        self.restart()

    def restart(self):
        self.parameters = [p.clone().requires_grad_(True) for p in self.first]
        self.optimizer = self.optimizer_of(self.parameters, self.rate)
        self.steps = 0

    def loss(self):
        return self.loss_of(self.parameters, *self.data)

    def closure(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss()
        loss.backward()
        return loss

    def step(self):
        if self.evaluates:
            self.optimizer.step(self.closure)
        else:
            self.closure()
            self.optimizer.step()

    def timed_step(self):
        if self.steps == self.steps_in_all:
            self.restart()
        self.step()
        self.steps += 1


optimizers = {
    "adam": lambda parameters, rate: torch.optim.Adam(parameters, lr=rate),
    "lbfgs": lambda parameters, _: torch.optim.LBFGS(
        parameters, max_iter=20, history_size=10, line_search_fn="strong_wolfe"
    ),
}


class Value:
    def __init__(self, manifest, tensors, form=""):
        self.args = list(tensors.values())
        self.run = values[manifest["workload"]][form]

    def restart(self):
        pass

    def step(self):
        return self.run(*self.args)

    timed_step = step


def write_reference(folder, name):
    manifest, tensors = load(folder, name, torch.float64)
    if manifest["kind"] == "value":
        results = {"out": Value(manifest, tensors).step()}
        answer = {}
    else:
        training = Training(manifest, tensors)
        loss = training.loss()
        grads = torch.autograd.grad(loss, training.parameters, allow_unused=True)
        results = {
            name: torch.zeros_like(p) if g is None else g
            for name, p, g in zip(manifest["parameters"], training.parameters, grads)
        }
        for _ in range(LATER):
            training.step()
        answer = {"losses": [loss.item(), training.loss().item()]}
    np.concatenate([r.detach().numpy().ravel() for r in results.values()]).astype("<f8").tofile(
        f"{folder}/{name}.f64"
    )
    answer["values"] = [{"name": key, "length": r.numel()} for key, r in results.items()]
    with open(f"{folder}/{name}.reference.json", "w") as f:
        json.dump(answer, f)


def seconds_per_step(contender, milliseconds):
    contender.restart()
    return seconds_per_call(contender.timed_step, milliseconds)


def answer(request, prepared):
    op = request["op"]
    if op == "hello":
        return {"version": torch.__version__, "blas": blas(), "numpy": np.__version__}
    if op == "reference":
        write_reference(request["folder"], request["workload"])
        return {}
    if op == "prepare":
        manifest, tensors = load(request["folder"], request["workload"], torch.float32)
        if manifest["kind"] == "train":
            prepared[:] = [("", Training(manifest, tensors))]
        else:
            forms = values[manifest["workload"]]
            prepared[:] = [(form, Value(manifest, tensors, form)) for form in forms]
        return {}
    if op == "time":
        times = {}
        for form, contender in prepared:
            seconds, processor = seconds_per_step(contender, request["milliseconds"])
            times |= {form: seconds, f"{form} processor".strip(): processor}
        return times
    raise ValueError(f"no request {op}")


if __name__ == "__main__":
    state = []
    serve(lambda request: answer(request, state))
