"""A contraction path carried out pair by pair, as opt_einsum does: tensordot where no index is shared by
the two operands and the rest, einsum where one is. One JSON request a line in, one answer a line out.
"""
import os
import sys

import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))
from serve import seconds_per_call, serve

try:
    import torch

    torch.set_num_threads(1)
except ImportError:
    torch = None


class Numpy:
    def array(self, data):
        return data

    def tensordot(self, a, b, axes):
        return np.tensordot(a, b, axes)

    def einsum(self, expression, *operands):
        return np.einsum(expression, *operands)

    def permute(self, a, axes):
        return np.ascontiguousarray(a.transpose(axes))


class Torch:
    def array(self, data):
        return torch.from_numpy(data)

    def tensordot(self, a, b, axes):
        return torch.tensordot(a, b, axes)

    def einsum(self, expression, *operands):
        return torch.einsum(expression, *operands)

    def permute(self, a, axes):
        return a.permute(axes).contiguous()


def expression(inputs, output):
    """Letters for the labels of a few operands: no pair has more than 52."""
    letters = {}
    for label in [label for labels in inputs for label in labels] + list(output):
        letters.setdefault(label, (chr(97 + len(letters)) if len(letters) < 26 else chr(39 + len(letters))))
    return ",".join("".join(letters[x] for x in labels) for labels in inputs) + "->" + "".join(
        letters[x] for x in output
    )


def instructions(inputs, output, path):
    """What to do at each pair: worked out once, so that only the arithmetic is timed."""
    alive = {k: list(labels) for k, labels in enumerate(inputs)}
    program, fresh = [], len(inputs)

    def still_needed(label):
        return label in output or any(label in labels for labels in alive.values())

    for k in list(alive):
        labels = alive.pop(k)
        kept = [x for x in dict.fromkeys(labels) if still_needed(x)]
        alive[k] = kept
        if kept != labels:
            program.append(("einsum", (k,), k, expression([labels], kept)))
    for i, (a, b) in enumerate(path):
        left, right = alive.pop(a), alive.pop(b)
        shared = [x for x in left if x in right]
        if i == len(path) - 1:
            kept = [x for x in left if x in output] + [x for x in right if x in output and x not in left]
        else:
            kept = [x for x in left if still_needed(x)]
            kept += [x for x in right if still_needed(x) and x not in left]
        if shared and not any(x in kept for x in shared) and all(x in kept or x in shared for x in left + right):
            axes = [left.index(x) for x in shared], [right.index(x) for x in shared]
            program.append(("tensordot", (a, b), fresh, axes))
        else:
            program.append(("einsum", (a, b), fresh, expression([left, right], kept)))
        alive[fresh] = kept
        fresh += 1
    ((last, labels),) = alive.items()
    if labels != list(output):
        program.append(("permute", (last,), last, [labels.index(x) for x in output]))
    return program, last


class Contraction:
    def __init__(self, library, request, dtype):
        flat = np.fromfile(request["file"], dtype="<f4").astype(dtype)
        self.library, self.operands, at = library, {}, 0
        for k, labels in enumerate(request["inputs"]):
            shape = [request["sizes"][label] for label in labels]
            length = int(np.prod(shape))
            self.operands[k] = library.array(flat[at : at + length].reshape(shape).copy())
            at += length
        self.program, self.last = instructions(request["inputs"], request["output"], request["path"])

    def run(self):
        values = dict(self.operands)
        for name, sources, target, how in self.program:
            args = [values.pop(k) for k in sources]
            if name == "einsum":
                values[target] = self.library.einsum(how, *args)
            elif name == "tensordot":
                values[target] = self.library.tensordot(*args, how)
            else:
                values[target] = self.library.permute(args[0], how)
        return values[self.last]


def answer(request, prepared):
    if request["op"] == "prepare":
        prepared.clear()
        prepared["numpy"] = Contraction(Numpy(), request, np.float32)
        if torch is not None:
            prepared["torch"] = Contraction(Torch(), request, np.float32)
        exact = Contraction(Numpy(), request, np.float64).run()
        np.ascontiguousarray(exact).astype("<f8").tofile(request["result"])
        return list(prepared)
    if request["op"] == "time":
        seconds, _ = seconds_per_call(prepared[request["library"]].run, request["milliseconds"])
        return {"": seconds}
    raise ValueError(f"no request {request['op']}")


if __name__ == "__main__":
    state = {}
    serve(lambda request: answer(request, state))
