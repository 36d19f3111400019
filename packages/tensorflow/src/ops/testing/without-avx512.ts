/** Set-up of tests whose kernels are compiled as for a processor that has AVX2 and no AVX-512. */
import { compileKernelsBy } from './compile-kernels-by.ts';

await compileKernelsBy('without-avx512', '-mno-avx512f');
