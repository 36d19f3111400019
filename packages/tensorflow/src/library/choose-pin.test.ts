import { describe, expect, it } from 'vitest';
import { choosePin, type Host } from './choose-pin.ts';
import { libraryPins } from './library-pins.ts';

const on = (host: Partial<Host>) =>
  choosePin(libraryPins, { platform: 'linux', arch: 'x64', glibc: '2.36', ...host });

describe('choosePin', () => {
  it.each([
    ['linux', 'x64', 'tensorflow-cpu', 'manylinux_2_27_x86_64'],
    ['linux', 'arm64', 'tensorflow', 'manylinux_2_27_aarch64'],
    ['darwin', 'arm64', 'tensorflow', 'macosx_12_0_arm64'],
  ] as const)('on %s %s takes %s', (platform, arch, name, tag) => {
    const { pin } = on({ platform, arch });
    expect([pin?.name, pin?.version, pin?.platforms]).toEqual([name, '2.21.0', [tag]]);
  });

  it('refuses Linux systems that the wheels do not support', () => {
    expect(on({ glibc: '2.26' }).reason).toContain('2.27 or newer, and this system has 2.26');
    expect(on({ glibc: undefined }).reason).toContain('another C library');
    expect(on({ glibc: '2.27' }).pin).toBeDefined();
  });

  it('says what is used where there is no wheel', () => {
    expect(on({ platform: 'win32' }).reason).toMatch(/WSL 2.*portable engine/);
    expect(on({ platform: 'darwin' }).reason).toMatch(/no library for darwin-x64.*portable engine/);
  });
});
