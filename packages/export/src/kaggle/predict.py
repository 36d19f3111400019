# %% [markdown]
# # Predictions of models that Foldwise trained
#
# Loads the models of the data set beside this notebook, predicts the competition's test rows, and writes
# `submission.csv`. It needs TensorFlow, tokenizers, safetensors, pandas and numpy, and no network.

# %%
import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")

import numpy as np
import pandas as pd
import tensorflow as tf
from safetensors.numpy import load_file
from tokenizers import Tokenizer

# Products in TF32 would be off by more than a thousandth.
tf.config.experimental.enable_tensor_float_32_execution(False)

# %% [markdown]
# ## Predictions of one model
#
# A model is a graph for each of some lengths that texts are padded to, encoder, head and output in one; they share the
# weights. `model.json` says what to feed them.


# %%
def load_graph(file, feeds, fetch):
    """The function of a graph: from the values of the nodes to feed, in their order, to that of the node to fetch."""
    graph = tf.compat.v1.GraphDef.FromString(file.read_bytes())
    imported = tf.compat.v1.wrap_function(lambda: tf.compat.v1.import_graph_def(graph, name=""), [])
    node = lambda name: imported.graph.as_graph_element(f"{name}:0")
    return imported.prune([node(name) for name in feeds], node(fetch))


def encode(folder, model, columns, separator):
    """What the tokenizer makes of the rows: of a text, or of a pair of the first column and the others."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(model["maxLength"])
    if model["pair"] is None:
        return tokenizer.encode_batch([separator.join(row) for row in zip(*columns)])
    return tokenizer.encode_batch([(first, model["pair"].join(others)) for first, *others in zip(*columns)])


def pad(rows, length, value):
    """int32 [rows, length]."""
    padded = np.full((len(rows), length), value, np.int32)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return padded


def predict(folder, columns, separator, device):
    """The predictions of one fold's model for all rows: float64 [rows, columns]."""
    model = json.loads((folder / "model.json").read_text())
    encodings = encode(folder, model, columns, separator)
    weights = load_file(folder / "weights.safetensors")
    names, size = model["inputs"] + list(weights), model["batch"]
    # Texts of like lengths together, so that little is padding.
    order = sorted(range(len(encodings)), key=lambda row: len(encodings[row].ids))
    results, run, last = [], None, None
    with tf.device(device):
        values = [tf.constant(weight) for weight in weights.values()]
        for start in range(0, len(order), size):
            rows = [encodings[row] for row in order[start : start + size]]
            length = next(length for length in model["lengths"] if length >= len(rows[-1].ids))
            if length != last:
                run, last = load_graph(folder / f"graph-{size}x{length}.pb", names, model["output"]), length
            # Copies fill the last batch up.
            filled = rows + rows[:1] * (size - len(rows))
            given = {
                "input_ids": pad([row.ids for row in filled], length, model["padId"]),
                "attention_mask": pad([row.attention_mask for row in filled], length, 0),
                "token_type_ids": pad([row.type_ids for row in filled], length, 0),
            }
            inputs = [tf.constant(given[name]) for name in model["inputs"]]
            results.append(run(*inputs, *values).numpy()[: len(rows)])
    predictions = np.concatenate(results).astype(float)
    predictions[order] = predictions.copy()
    return predictions


# %% [markdown]
# ## Blend, post-processing and submission


# %%
def valid(values, task):
    """Probabilities of a linear combination may be below 0, above 1, or not add up."""
    if task == "regression":
        return values
    values = values.clip(0, 1)
    return values / values.sum(1, keepdims=True) if task in ("multi-class", "ordinal") else values


def blend(members, about):
    """Runs' predictions, each [rows, columns], by weights [runs, columns] and intercepts [columns]."""
    if about["blend"] is None:
        return members[0]
    weights, intercepts = np.array(about["blend"]["weights"]), np.array(about["blend"]["intercepts"])
    return valid(sum(w * m for w, m in zip(weights, members)) + intercepts, about["task"])


def number_line(values, task):
    """Of ordered classes, the expected one."""
    return values @ np.arange(values.shape[1])[:, None] if task == "ordinal" else values


def post_process(values, step, task):
    parameters = step["parameters"]
    columns = range(values.shape[1])
    if step["kind"] == "threshold":
        return (values > np.array(parameters["thresholds"])).astype(float)
    if step["kind"] == "clip":
        groups = [c if task == "regression" else 0 for c in columns]
        low, high = (np.array([parameters[side][g] for g in groups]) for side in ("low", "high"))
        values = np.clip(values, low, high)
        return values / values.sum(1, keepdims=True) if task in ("multi-class", "ordinal") else values
    if step["kind"] == "rank":
        return (pd.DataFrame(values).rank().to_numpy() - 0.5) / len(values)
    line = number_line(values, task)
    if step["kind"] == "cut-points":
        pairs = zip(parameters["cuts"], parameters["values"])
        return np.stack([np.array(v)[(line[:, [t]] > np.array(c)).sum(1)] for t, (c, v) in enumerate(pairs)], 1)
    if "step" in parameters:
        return np.floor(line / parameters["step"] + 0.5) * parameters["step"]
    near = lambda x, seen: seen[np.abs(x[:, None] - seen).argmin(1)]
    return np.stack([near(line[:, t], np.array(seen)) for t, seen in enumerate(parameters["values"])], 1)


def decide(values, task):
    """The most probable class; the median of ordered ones; 0 and 1 above a half."""
    if task == "multi-class":
        return values.argmax(1)[:, None]
    if task == "ordinal":
        above = values[:, :0:-1].cumsum(1)  # of the highest rank first
        return (above > 0.5).sum(1)[:, None]
    return (values > 0.5).astype(int)


def fill_sample(sample, rows, values, decided, about):
    """The sample with our predictions: header, rows and order are its own."""
    task, target, holds, names = about["task"], about["target"], about["holds"], about["names"]
    classes = about["classes"]
    as_labels = len(target) == 1 and len(holds) == 2 and target[0] in holds
    lists = about["lists"]
    content = {}
    if not decided and not lists and (names or (classes and as_labels) or (about["decides"] and task != "regression")):
        values, decided = decide(values, task), True
    if lists:
        best = np.argsort(-values, axis=1, kind="stable")[:, : lists["most"]]
        ranked = [lists["separator"].join(classes[c] for c in row) for row in best]
        content = {target[0]: np.array(ranked, dtype=object)}
    elif decided and (names or classes):
        labels = np.array(names or classes, dtype=object)
        content = {name: labels[values[:, t].astype(int)] for t, name in enumerate(target)}
    elif decided and task != "regression":
        content = {name: values[:, t].astype(int) for t, name in enumerate(target)}
    elif classes:
        content = {name: values[:, c] for c, name in enumerate(classes)}
    elif task == "binary" and not as_labels:
        content = dict(zip(about["twoClasses"], (1 - values[:, 0], values[:, 0])))
    else:
        content = {name: values[:, t] for t, name in enumerate(target)}
    for name, held in zip(sample.columns, holds):
        if held in content:
            sample[name] = content[held][rows]
    return sample


def read(path):
    """All cells as they are written."""
    separator = "\t" if path.suffix == ".tsv" else ","
    return pd.read_csv(path, dtype=str, keep_default_na=False, sep=separator)


def submit(about, data, models, device):
    test, sample = read(find(data, about["files"]["test"])), read(find(data, about["files"]["sample"]))
    columns = [test[name].tolist() for name in about["text"]]
    members = []
    for run in about["runs"]:
        folds = []
        for fold in run["folds"]:
            print(f"{fold}: {len(test)} texts", file=sys.stderr, flush=True)
            folds.append(predict(find(models, fold), columns, about["separator"], device))
        members.append(sum(folds) / len(folds))
    values = blend(members, about)
    decided = False
    for step in about["postProcessing"]:
        values = post_process(values, step, about["task"])
        decided = decided or step["kind"] in ("threshold", "cut-points", "round")
    ids = sample[about["sampleId"]]
    if about["testId"] is None:
        rows = np.arange(len(sample))
    else:
        rows = pd.Series(range(len(test)), index=test[about["testId"]]).loc[ids].to_numpy()
    return fill_sample(sample, rows, values, decided, about)


def find(root, name):
    """A file or folder of the name below a folder: Kaggle unpacks uploads in its own way."""
    if (root / name).exists():
        return root / name
    found = sorted(root.rglob(Path(name).name))
    if not found:
        sys.exit(f"{root} holds no {name}")
    return found[0]


def main():
    here = Path(__file__).parent if "__file__" in globals() else Path.cwd()
    on_kaggle = Path("/kaggle/input").exists()
    parser = argparse.ArgumentParser(description="Predicts the test rows and writes the submission.")
    parser.add_argument("--data", type=Path, default=Path("/kaggle/input") if on_kaggle else Path("."))
    parser.add_argument("--models", type=Path, default=Path("/kaggle/input") if on_kaggle else here.parent / "dataset")
    parser.add_argument("--output", type=Path, default=Path("submission.csv"))
    parser.add_argument("--device", default="GPU:0" if tf.config.list_physical_devices("GPU") else "CPU:0")
    # A notebook's own arguments are not ours.
    arguments = parser.parse_args([] if "ipykernel" in sys.modules else None)
    description = find(arguments.models, "foldwise.json")
    about = json.loads(description.read_text())
    submission = submit(about, arguments.data, description.parent, arguments.device)
    submission.to_csv(arguments.output, index=False)
    print(f"{arguments.output}: {len(submission)} rows")


if __name__ == "__main__":
    main()
