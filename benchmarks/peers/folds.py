"""
Times one kind of split of the rows that ours/folds.ts makes, by scikit-learn or iterative-stratification, every fold's
rows included, and prints one JSON line. Groups are integers here, which scikit-learn sorts faster than strings. Times are texts,
as they are there, and read as numbers first, but for "time-series-of-numbers".
"""
import json
import sys
import time
import warnings

import numpy as np
from sklearn import model_selection as m

warnings.simplefilter("ignore")
kind, n = sys.argv[1], int(sys.argv[2])
row = np.arange(n, dtype=np.int64)
part = lambda factor: (row * factor % 1_000_003) / 1_000_003
y = np.digitize(part(7919), [0.5, 0.75, 0.9, 0.98])
author, ten, when = row * 7919 % 100_003, row * 7919 % 10, row * 7919 % 1_000_003
when_texts = when.astype(str)
x = np.zeros(n)


def series(times):
    order = np.argsort(times, kind="stable")
    return [(order[train], order[valid]) for train, valid in m.TimeSeriesSplit(5).split(x)]


def multi_label():
    from iterstrat.ml_stratifiers import MultilabelStratifiedKFold

    labels = np.stack([part(7919 + 1009 * i) < share for i, share in enumerate([0.1, 0.01, 0.05, 0.003, 0.05, 0.01])], axis=1).astype(int)
    splitter = MultilabelStratifiedKFold(5, shuffle=True, random_state=42)
    return lambda: list(splitter.split(x, labels))


kinds = {
    "k-fold": ("KFold", lambda: list(m.KFold(5, shuffle=True, random_state=42).split(x))),
    "stratified": ("StratifiedKFold", lambda: list(m.StratifiedKFold(5, shuffle=True, random_state=42).split(x, y))),
    "group": ("GroupKFold", lambda: list(m.GroupKFold(5).split(x, y, author))),
    "stratified-group": ("StratifiedGroupKFold", lambda: list(m.StratifiedGroupKFold(5, shuffle=True, random_state=42).split(x, y, author))),
    "multi-label": ("MultilabelStratifiedKFold", None),
    "time-series": ("argsort, TimeSeriesSplit", lambda: series(when_texts.astype(np.int64))),
    "time-series-of-numbers": ("argsort, TimeSeriesSplit", lambda: series(when)),
    "leave-one-group-out": ("LeaveOneGroupOut", lambda: list(m.LeaveOneGroupOut().split(x, y, ten))),
    "hold-out": ("StratifiedShuffleSplit", lambda: list(m.StratifiedShuffleSplit(1, test_size=0.2, random_state=42).split(x, y))),
    "column": ("PredefinedSplit", lambda: list(m.PredefinedSplit(ten).split())),
}
name, split = kinds[kind]
split = split or multi_label()
start = time.perf_counter()
folds = split()
seconds = time.perf_counter() - start
print(json.dumps({"peer": name, "seconds": seconds, "rows": int(sum(len(a) + len(b) for a, b in folds))}))
