"""Reads, checks and splits a competition's files as ours/tables.ts does, by pandas or polars, and prints one JSON line.

Usage: python peers/tables.py pandas|polars FOLDER csv|csv.gz|parquet, or python tables_peer.py convert FOLDER, which writes
the Parquet files by the CSV files, as pandas does by itself. The checks are those of Foldwise that can be said in the library's own
terms, without lines: ids that are empty, repeated or in both files, blank texts, labels other than 0 and 1, and the
sample's ids. Both libraries take any text for UTF-8 as it comes, or fail without a line.
"""

import json
import resource
import sys
import time


def with_pandas(folder, ending):
    import pandas as pd

    start = time.perf_counter()
    strings = {"id": str, "text": str}
    if ending == "parquet":
        read = lambda name: pd.read_parquet(f"{folder}/{name}.parquet")
    else:
        read = lambda name: pd.read_csv(f"{folder}/{name}.{ending}", dtype=strings, keep_default_na=False)
    train, test, sample = read("train"), read("test"), read("sample")
    for frame in (train, test):
        assert not (frame["id"].str.strip() == "").any() and not frame["id"].duplicated().any()
        assert not (frame["text"].str.strip() == "").any()
    assert train["label"].isin([0, 1]).all()
    assert not test["id"].isin(train["id"]).any()
    assert not sample["id"].duplicated().any() and set(sample["id"]) == set(test["id"])
    return pd.__version__, start, time.perf_counter(), train["label"].to_numpy()


def with_polars(folder, ending):
    import polars as pl

    start = time.perf_counter()
    types = {"id": pl.String, "text": pl.String}
    if ending == "parquet":
        read = lambda name: pl.read_parquet(f"{folder}/{name}.parquet")
    else:
        read = lambda name: pl.read_csv(f"{folder}/{name}.{ending}", schema_overrides=types)
    train, test, sample = read("train"), read("test"), read("sample")
    for frame in (train, test):
        assert not (frame["id"].str.strip_chars() == "").any() and not frame["id"].is_duplicated().any()
        assert not (frame["text"].str.strip_chars() == "").any()
    assert train["label"].is_in([0, 1]).all()
    assert not test["id"].is_in(train["id"].implode()).any()
    assert not sample["id"].is_duplicated().any() and set(sample["id"]) == set(test["id"])
    return pl.__version__, start, time.perf_counter(), train["label"].to_numpy()


def convert(folder):
    import pandas as pd

    for name in ("train", "test", "sample"):
        frame = pd.read_csv(f"{folder}/{name}.csv", dtype={"id": str, "text": str}, keep_default_na=False)
        frame.to_parquet(f"{folder}/{name}.parquet", index=False)


if sys.argv[1] == "convert":
    convert(sys.argv[2])
    print("{}")
    sys.exit()
peer, folder, ending = sys.argv[1:]
version, start, read, labels = {"pandas": with_pandas, "polars": with_polars}[peer](folder, ending)

import numpy as np
from sklearn.model_selection import StratifiedKFold

began = time.perf_counter()
folds = np.empty(len(labels), dtype=np.int8)
for fold, (_, valid) in enumerate(StratifiedKFold(5, shuffle=True, random_state=42).split(labels, labels)):
    folds[valid] = fold
split = time.perf_counter() - began
print(
    json.dumps(
        {
            "peer": f"{peer} {version}",
            "rows": len(labels),
            "read_s": read - start,
            "split_s": split,
            "seconds": read - start + split,
            "peak_rss_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
        }
    )
)
