/** Turns the output of a failed pip into one message that says what to do. */
import type { Wheel } from './wheel.ts';

/** What pip 20 to 26 print on standard error, the most telling first: a network error is followed by "no matching distribution". */
const CAUSES: [RegExp, (wheel: Wheel) => string][] = [
  [
    /DO NOT MATCH THE HASHES/,
    () =>
      'the file on the package index is not the pinned one (its SHA-256 differs). If a mirror is set in pip, check it',
  ],
  [
    /CERTIFICATE_VERIFY_FAILED|SSLError/,
    () =>
      'the package index has a certificate that Python does not trust. Behind a company proxy, set PIP_CERT to its certificate',
  ],
  [
    /No space left on device|Errno 28/,
    () => 'the disk is full. Free some space, or set FOLDWISE_CACHE to another disk',
  ],
  [
    /Retrying \(Retry|Max retries exceeded|Failed to establish a new connection|name resolution|ConnectTimeout|ReadTimeout|ProxyError|Network is unreachable/,
    () =>
      'the package index cannot be reached. Check the network (and the proxy or mirror in pip’s configuration)',
  ],
  [
    /No matching distribution found|is not a supported wheel/,
    ({ pythonVersion, platforms }) =>
      `the package index has no such wheel for Python ${pythonVersion} on ${platforms?.join(' or ') ?? 'this platform'}`,
  ],
];

/** The message for a pip that failed on `wheel`, given what it printed on standard error. */
export function explainPipFailure(wheel: Wheel, stderr: string): string {
  const cause = CAUSES.find(([pattern]) => pattern.test(stderr))?.[1](wheel);
  const lines = stderr.split('\n').filter((line) => line.trim() && !line.startsWith('WARNING: Retrying'));
  const said = lines.slice(-3).join('\n  ').trim();
  return `Cannot download ${wheel.name} ${wheel.version}: ${cause ?? 'pip failed'}.${said && `\npip said:\n  ${said}`}`;
}
