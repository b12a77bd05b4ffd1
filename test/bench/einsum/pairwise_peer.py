"""A contraction order carried out pair by pair, as opt_einsum does: tensordot where no index is shared by
the two operands and the rest, einsum where one is. One JSON request a line in, one answer a line out.
"""
import json
import sys
import time

import numpy as np

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


def seconds_per_run(contraction, milliseconds):
    contraction.run()
    runs, block, begin = 0, 1, time.perf_counter()
    while True:
        for _ in range(block):
            contraction.run()
        runs += block
        elapsed = time.perf_counter() - begin
        if elapsed * 1000 >= milliseconds:
            return elapsed / runs
        block = max(1, min(2 * block, int(0.1 * milliseconds / 1000 * runs / elapsed)))


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
        return {"": seconds_per_run(prepared[request["library"]], request["milliseconds"])}
    raise ValueError(f"no request {request['op']}")


def main():
    prepared = {}
    for line in sys.stdin:
        try:
            reply = {"ok": answer(json.loads(line), prepared)}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
