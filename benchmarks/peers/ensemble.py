"""Hill climbing with NumPy on the predictions that ours/ensemble.ts takes, and prints one JSON line.

Usage: python peers/ensemble.py matrix|members|gram FILE ROWS METRIC SIZE. Each step scores the blend with every member and
takes the best, as ensemble selection does (Caruana et al. 2004; losses rounded to six decimals, ties to members that are
in). "matrix" scores all members at once, "members" one after the other into arrays made once, "gram" (rmse alone) from
the products of all members' errors, which one call of BLAS works out.
"""

import json
import resource
import sys
import time

import numpy as np

kind, file, rows, metric, size = sys.argv[1:]
rows, size = int(rows), int(size)
numbers = np.fromfile(file).reshape(-1, rows)
truth, members = numbers[0].copy(), numbers[1:].copy()
del numbers
if metric != "rmse":
    truth = (truth > 0).astype(np.float64)
    members = 1 / (1 + np.exp(-2 * members))


def rank_auc(scores):
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    first = np.r_[True, ordered[1:] != ordered[:-1]]
    start = np.flatnonzero(first)
    end = np.r_[start[1:], rows]
    ranks = ((start + end + 1) / 2)[np.cumsum(first) - 1]
    ones = truth.sum()
    return (ranks[truth[order] == 1].sum() - ones * (ones + 1) / 2) / (ones * (rows - ones))


def matrix_losses(total, step):
    blend = (total + members) / (step + 1)
    if metric == "rmse":
        return np.sqrt(np.mean((blend - truth) ** 2, axis=1))
    if metric == "log-loss":
        p = np.clip(np.where(truth == 1, blend, 1 - blend), 2**-52, 1 - 2**-52)
        return -np.mean(np.log(p), axis=1)
    return np.array([-rank_auc(row) for row in blend])


def member_losses(total, step):
    losses = np.empty(len(members))
    for m, member in enumerate(members):
        np.add(total, member, out=blend_buffer)
        np.multiply(blend_buffer, 1 / (step + 1), out=blend_buffer)
        if metric == "rmse":
            np.subtract(blend_buffer, truth, out=blend_buffer)
            np.square(blend_buffer, out=blend_buffer)
            losses[m] = np.sqrt(blend_buffer.mean())
        elif metric == "log-loss":
            np.subtract(blend_buffer, zeros, out=blend_buffer)
            np.abs(blend_buffer, out=blend_buffer)
            np.clip(blend_buffer, 2**-52, 1 - 2**-52, out=blend_buffer)
            losses[m] = -np.log(blend_buffer, out=blend_buffer).mean()
        else:
            losses[m] = -rank_auc(blend_buffer)
    return losses


start = time.perf_counter()
if kind == "gram":
    errors = members - truth
    gram = errors @ errors.T / rows
    total = np.zeros(len(members))
    score = lambda total, step: np.sqrt(
        np.maximum(0, total @ gram @ total + 2 * gram @ total + np.diag(gram)) / (step + 1) ** 2
    )
    add = lambda total, best: total.__setitem__(best, total[best] + 1)
else:
    blend_buffer, zeros = np.empty(rows), 1 - truth
    total = np.zeros(rows)
    score = matrix_losses if kind == "matrix" else member_losses
    add = lambda total, best: np.add(total, members[best], out=total)

order, trajectory, used, rounding = [], [], set(), False
for step in range(size):
    losses = score(total, step)
    if rounding:
        losses = losses.round(6)
    least = losses.min()
    tied = np.flatnonzero(np.isclose(losses, least, atol=0, rtol=1e-12)).tolist()
    best = next((m for m in tied if m in used), tied[0])
    if step == 0 and abs(least) > 1e-4:
        rounding = True
        least = least.round(6)
    add(total, best)
    order.append(best)
    trajectory.append(float(least))
    used.add(best)
end = trajectory.index(min(trajectory)) + 1
seconds = time.perf_counter() - start
print(
    json.dumps(
        {
            "peer": f"NumPy {np.__version__}, {kind}",
            "order": ",".join(map(str, order[:end])),
            "loss": trajectory[end - 1],
            "seconds": seconds,
            "peak_rss_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
        }
    )
)
