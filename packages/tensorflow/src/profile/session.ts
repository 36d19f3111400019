/** A classic session of TensorFlow, which can trace what it runs: TF_SessionRun. */
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import { readBuffer, type Context } from '../c-api/context.ts';
import type { SessionApi } from '../c-api/session-api.ts';
import { writeProtobuf } from '../c-api/write-protobuf.ts';

export interface Run {
  feeds: readonly GraphOutput[];
  /** TF_Tensors, one for each feed; they stay the caller's. */
  values: readonly Pointer[];
  /** What is computed and thrown away. */
  outputs: readonly GraphOutput[];
  /** Operations that run though no output needs them. */
  targets: readonly Pointer[];
}

/** RunOptions of tensorflow/core/protobuf/config.proto: trace_level (field 1) is SOFTWARE_TRACE (1), times on the host. */
const tracing = writeProtobuf([[1, 1]]);

export class Session {
  readonly #context: Context;
  readonly #api: SessionApi;
  readonly #session: Pointer;

  /** With the context's settings; TensorFlow's threads are the process's anyway. */
  constructor(context: Context, api: SessionApi, graph: Pointer) {
    const { checked, config } = context;
    this.#context = context;
    this.#api = api;
    const options = api.newOptions();
    try {
      checked('session', (s) => api.setConfig(options, config, config.length, s));
      this.#session = checked('session', (s) => api.newSession(graph, options, s));
    } finally {
      api.deleteOptions(options);
    }
  }

  /** Runs a part of the graph and waits for it. @throws with TensorFlow's message. */
  run(run: Run): void {
    this.#run(run, null, null);
  }

  /** The same. @returns what TensorFlow tells of it: a serialized RunMetadata */
  runTraced(run: Run): Uint8Array {
    const { api } = this.#context;
    const options = this.#api.bufferOf(tracing, tracing.length);
    const metadata = api.newBuffer();
    try {
      this.#run(run, options, metadata);
      return readBuffer(metadata);
    } finally {
      api.deleteBuffer(options);
      api.deleteBuffer(metadata);
    }
  }

  /** Its variables go with it. */
  close(): void {
    const { checked } = this.#context;
    checked('session', (s) => this.#api.closeSession(this.#session, s));
    checked('session', (s) => this.#api.deleteSession(this.#session, s));
  }

  #run({ feeds, values, outputs, targets }: Run, options: Pointer | null, metadata: Pointer | null): void {
    const { api, checked } = this.#context;
    const results = new BigUint64Array(Math.max(outputs.length, 1));
    checked('session', (s) =>
      this.#api.run(
        this.#session,
        options,
        [...feeds],
        BigUint64Array.from(values),
        feeds.length,
        [...outputs],
        results,
        outputs.length,
        BigUint64Array.from(targets),
        targets.length,
        metadata,
        s,
      ),
    );
    for (const result of results.subarray(0, outputs.length)) api.deleteTensor(result);
  }
}
