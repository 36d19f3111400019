/** Which precision of products this machine is made for. */
import type { Precision } from '../scope/scope.ts';
import { cpuFeatures } from './cpu-features.ts';
import { nativeBackend } from '../backend/native-backend.ts';

/** bf16 on the native engine where the CPU multiplies it in hardware (AVX-512 BF16, AMX), else fp32. */
export function fastestPrecision(features = cpuFeatures()): Precision {
  const hardware = features?.some((feature) => feature === 'avx512_bf16' || feature === 'amx_bf16');
  return nativeBackend() && hardware ? 'bf16' : 'fp32';
}
