"""Times one metric of scikit-learn's or SciPy's on columns from files of doubles, and prints one JSON line."""
import argparse
import json
import resource
import time

import numpy as np


def roc_auc():
    from sklearn.metrics import roc_auc_score
    return roc_auc_score


def spearman():
    from scipy.stats import spearmanr
    return lambda t, p: spearmanr(t, p)[0]


def kendall():
    from scipy.stats import kendalltau
    return lambda t, p: kendalltau(t, p)[0]


p = argparse.ArgumentParser()
p.add_argument("--metric", required=True, choices=["roc-auc", "spearman", "kendall"])
p.add_argument("--truth", required=True, help="file of doubles")
p.add_argument("--predictions", required=True, help="file of doubles")
a = p.parse_args()
metric = {"roc-auc": roc_auc, "spearman": spearman, "kendall": kendall}[a.metric]()
truth, predictions = np.fromfile(a.truth), np.fromfile(a.predictions)

start, cpu = time.perf_counter(), time.process_time()
score = float(metric(truth, predictions))
seconds, cpu_s = time.perf_counter() - start, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
print(json.dumps({"score": score, "seconds": seconds, "cpu_s": cpu_s, "peak_rss_gb": peak}))
