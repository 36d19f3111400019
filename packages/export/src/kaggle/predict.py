# %% [markdown]
# # Predictions of models that Foldwise trained
#
# Loads the models of the data set beside this notebook, predicts the competition's test rows, and writes
# `submission.csv`. It needs PyTorch, transformers, safetensors, pandas and numpy, and no network.

# %%
import argparse
import json
import math
import os
import sys
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
import transformers
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import AutoModel

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
# Products in TF32 would be off by more than a thousandth.
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False

# %% [markdown]
# ## Heads: how the tokens of a text become one vector
#
# `states` holds the hidden states of all layers, the embeddings first, each [batch, tokens, features]; `mask` is
# [batch, tokens, 1], 1 for tokens and 0 for padding; `weights` are those of `head.safetensors`, kernels as
# [inputs, outputs]; `name` opens the names of the head's own.


# %%
def over_tokens(score, mask):
    """Softmax over a text's own tokens: [batch, tokens, heads]."""
    return torch.softmax(score.masked_fill(mask == 0, -1e30), dim=1) * mask


def mean(x, mask):
    return (x * mask).sum(1) / mask.sum(1).clamp(min=1)


def maximum(x, mask):
    return x.masked_fill(mask == 0, -1e30).amax(1)


def token(x, mask, index):
    count = mask.sum((1, 2)).long()
    place = (count + index).clamp(min=0) if index < 0 else torch.minimum(count - 1, torch.full_like(count, index))
    return x[torch.arange(len(x), device=x.device), place]


def gem(x, mask, weights, name):
    # Models of before have it by another name.
    log_exponent = weights.get(f"{name}/log_exponent", weights.get(f"{name}/exponent_bias"))
    exponent = 3 * log_exponent.exp()
    logs = (x * mask).clamp(min=1e-6).log() * exponent
    total = torch.logsumexp(logs.masked_fill(mask == 0, -math.inf), 1)
    return ((total - mask.sum(1).log()) / exponent).exp()


def attention(x, mask, weights, name):
    inner = torch.tanh(x @ weights[f"{name}/kernel"] + weights[f"{name}/bias"])
    return (x * over_tokens(inner @ weights[f"{name}/score_kernel"], mask)).sum(1)


def multi_head_attention(x, mask, weights, name, heads):
    batch, tokens, width = x.shape
    size = width // heads
    keys = (x @ weights[f"{name}/key_kernel"]).view(batch, tokens, heads, size)
    values = (x @ weights[f"{name}/value_kernel"] + weights[f"{name}/value_bias"]).view(batch, tokens, heads, size)
    scores = (keys * weights[f"{name}/query"].view(heads, size)).sum(-1) / math.sqrt(size)
    attended = (over_tokens(scores, mask).unsqueeze(-1) * values).sum(1).reshape(batch, width)
    return attended @ weights[f"{name}/output_kernel"] + weights[f"{name}/output_bias"]


def convolution(x, mask, weights, name, argument):
    filters, size = (int(number) for number in (argument or "256x3").split("x"))
    before = (size - 1) // 2
    kernel = weights[f"{name}/kernel"].view(size, x.shape[2], filters).permute(2, 1, 0)
    padded = F.pad((x * mask).transpose(1, 2), (before, size - 1 - before))
    found = F.relu(F.conv1d(padded, kernel, weights[f"{name}/bias"])).transpose(1, 2)
    return (found * mask).amax(1)


def last_state(x, lengths, weights, name, cell, units, prefix=""):
    """The state after a text's last token of an LSTM or a GRU that reads it from its first."""
    part = lambda key: weights[f"{name}/{prefix}{key}"]
    layer = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](x.shape[2], units, batch_first=True).to(x.device)
    state_bias = torch.zeros_like(layer.bias_hh_l0)
    if cell == "gru":
        state_bias[2 * units :] = part("recurrent_bias")
    layer.load_state_dict(
        {
            "weight_ih_l0": part("kernel").T,
            "weight_hh_l0": part("recurrent_kernel").T,
            "bias_ih_l0": part("bias"),
            "bias_hh_l0": state_bias,
        }
    )
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    state = layer(packed)[1]
    return (state[0] if cell == "lstm" else state)[-1]


def recurrent(x, mask, weights, name, argument, cell, both):
    units = int(argument or 256)
    lengths = mask.sum((1, 2)).long()
    forward = last_state(x, lengths, weights, name, cell, units)
    if not both:
        return forward
    places = torch.arange(x.shape[1], device=x.device).unsqueeze(0)
    reverse = (lengths.unsqueeze(1) - 1 - places).clamp(min=0).unsqueeze(-1).expand_as(x)
    backward = last_state(x.gather(1, reverse), lengths, weights, name, cell, units, "backward_")
    return torch.cat([forward, backward], 1)


def over_layers(states, weights, name, argument, cell):
    first_tokens = torch.stack([state[:, 0] for state in states[1:]], 1)
    lengths = torch.full((len(first_tokens),), first_tokens.shape[1])
    return last_state(first_tokens, lengths, weights, name, cell, int(argument or 256))


def weighted_layers(states, weights, name):
    shares = torch.softmax(weights[f"{name}/kernel"], 0) * weights[f"{name}/gamma"]
    return sum(share * state for share, state in zip(shares, states))


def layer_range(states, argument):
    """Mean of a range of layers, and the head within."""
    span, _, inner = argument.partition(":")
    first, last = (int(number) for number in span.split("-"))
    return sum(states[first : last + 1]) / (last + 1 - first), inner or "mean"


def pool(spec, states, mask, weights, name="head"):
    """The vectors of a batch, [batch, features], by a head as pipelines write it."""
    kind, _, argument = spec.partition(":")
    x = states[-1]
    within = lambda state, inner: pool(inner, [state], mask, weights, f"{name}_head")
    if kind == "concat":
        members = (argument or "mean+max").split("+")
        return torch.cat([pool(m, states, mask, weights, f"{name}_{i}") for i, m in enumerate(members)], 1)
    if kind == "layers":
        return within(*layer_range(states, argument))
    heads = {
        "cls": lambda: x[:, 0],
        "pooler": lambda: torch.tanh(x[:, 0] @ weights[f"{name}/kernel"] + weights[f"{name}/bias"]),
        "token": lambda: token(x, mask, int(argument)),
        "mean": lambda: mean(x, mask),
        "mean-sqrt": lambda: (x * mask).sum(1) / mask.sum(1).clamp(min=1).sqrt(),
        "weighted-mean": lambda: mean_by_position(x, mask),
        "max": lambda: maximum(x, mask),
        "min": lambda: -maximum(-x, mask),
        "mean-max": lambda: torch.cat([mean(x, mask), maximum(x, mask)], 1),
        "gem": lambda: gem(x, mask, weights, name),
        "attention": lambda: attention(x, mask, weights, name),
        "multi-head-attention": lambda: multi_head_attention(x, mask, weights, name, int(argument)),
        "weighted-layers": lambda: within(weighted_layers(states, weights, name), argument or "mean"),
        "last-4-mean": lambda: within(sum(states[-4:]) / 4, argument or "mean"),
        "last-4-concat": lambda: within(torch.cat(list(states[-4:]), -1), argument or "mean"),
        "layer-lstm": lambda: over_layers(states, weights, name, argument, "lstm"),
        "layer-gru": lambda: over_layers(states, weights, name, argument, "gru"),
        "lstm": lambda: recurrent(x, mask, weights, name, argument, "lstm", False),
        "bilstm": lambda: recurrent(x, mask, weights, name, argument, "lstm", True),
        "gru": lambda: recurrent(x, mask, weights, name, argument, "gru", False),
        "bigru": lambda: recurrent(x, mask, weights, name, argument, "gru", True),
        "conv1d": lambda: convolution(x, mask, weights, name, argument),
    }
    return heads[kind]()


def mean_by_position(x, mask):
    weights = mask * torch.arange(1, x.shape[1] + 1, device=x.device).view(1, -1, 1)
    return (x * weights).sum(1) / weights.sum(1)


# %% [markdown]
# ## Outputs: from vectors to predictions


# %%
def outputs(vectors, settings, task, weights):
    """Numbers, or probabilities: [batch, columns]."""
    activate = {"gelu": F.gelu, "relu": F.relu, "tanh": torch.tanh}[settings["activation"]]
    for i in range(len(settings["hidden"])):
        name = f"output_hidden_{i}"
        vectors = activate(vectors @ weights[f"{name}/kernel"] + weights[f"{name}/bias"])
    logits = vectors @ weights["output/kernel"] + weights["output/bias"]
    if task == "regression":
        return logits
    if task == "multi-class":
        return logits.softmax(1)
    if task != "ordinal":
        return logits.sigmoid()
    # CORN (Shi, Cao & Raschka 2021): each logit is of a rank above k, given one above k - 1.
    above = logits.sigmoid()
    reached = F.pad(above, (1, 0), value=1.0).cumprod(1)
    return reached * (1 - F.pad(above, (0, 1)))


@torch.inference_mode()
def predict(folder, texts, batch_size, device):
    """The predictions of one fold's model for all texts: float64 [texts, columns]."""
    record = json.loads((folder / "head.json").read_text())
    settings = record.get("output", {"hidden": [], "activation": "gelu"})
    weights = {key: value.float().to(device) for key, value in load_file(folder / "head.safetensors").items()}
    encoder = AutoModel.from_pretrained(folder, local_files_only=True, add_pooling_layer=False)
    encoder = encoder.float().to(device).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(record["maxLength"])
    encoded = [one.ids for one in tokenizer.encode_batch(texts)]
    # Texts of like lengths together, so that little is padding.
    order = sorted(range(len(texts)), key=lambda row: len(encoded[row]))
    result = None
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        length = max(len(encoded[row]) for row in rows)
        ids = torch.zeros(len(rows), length, dtype=torch.long)
        mask = torch.zeros(len(rows), length)
        for i, row in enumerate(rows):
            ids[i, : len(encoded[row])] = torch.tensor(encoded[row])
            mask[i, : len(encoded[row])] = 1
        ids, mask = ids.to(device), mask.to(device)
        states = encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        vectors = pool(record["head"], states, mask.unsqueeze(-1), weights)
        values = outputs(vectors, settings, record["task"], weights).double().cpu().numpy()
        if result is None:
            result = np.zeros((len(texts), values.shape[1]))
        result[rows] = values
    return result


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


def submit(about, data, models, batch_size, device):
    test, sample = read(find(data, about["files"]["test"])), read(find(data, about["files"]["sample"]))
    names = about["text"]
    texts = test[names[0]].tolist() if len(names) == 1 else test[names].agg(about["separator"].join, axis=1).tolist()
    members = []
    for run in about["runs"]:
        folds = []
        for fold in run["folds"]:
            print(f"{fold}: {len(texts)} texts", file=sys.stderr, flush=True)
            folds.append(predict(find(models, fold), texts, batch_size, device))
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
    parser.add_argument("--batch", type=int, default=64, help="texts at once")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    # A notebook's own arguments are not ours.
    arguments = parser.parse_args([] if "ipykernel" in sys.modules else None)
    description = find(arguments.models, "foldwise.json")
    about = json.loads(description.read_text())
    submission = submit(about, arguments.data, description.parent, arguments.batch, torch.device(arguments.device))
    submission.to_csv(arguments.output, index=False)
    print(f"{arguments.output}: {len(submission)} rows")


if __name__ == "__main__":
    main()
