/** A libtensorflow on this machine. */

/** Paths and provenance of a libtensorflow; nothing of it is loaded yet. */
export interface Library {
  /** The folder that holds both files; the loader finds the second beside the first. */
  folder: string;
  /** `libtensorflow_cc.so.2`, which exports the C API. */
  cc: string;
  /** `libtensorflow_framework.so.2`, on which it depends. */
  framework: string;
  /** TensorFlow's version; undefined for a folder that does not tell (`TF_Version` does, once loaded). */
  version: string | undefined;
  /** `env`: `FOLDWISE_TENSORFLOW`; `python`: the user's own; `cache`: installed before; `installed`: just now. */
  origin: 'env' | 'python' | 'cache' | 'installed';
  /** Whether the library is built for NVIDIA GPUs. It runs without one, too. */
  variant: 'cpu' | 'cuda';
}
