import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `openssl verify -x509_strict` says of a leaf; undefined where openssl is not installed. */
export function verifyWithOpenssl(
  leaf: string,
  chain: string,
  root: string,
  hostname: string,
): { readonly isGood: boolean; readonly output: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-demo-openssl-'));
  try {
    const file = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const chainFile = file('chain.pem', chain);
    const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', hostname];
    const trust = [
      '-CAfile',
      file('root.pem', root),
      '-untrusted',
      chainFile,
      file('leaf.pem', leaf),
    ];
    const result = spawnSync('openssl', [...args, ...trust], { encoding: 'utf8' });
    if (result.error !== undefined) return undefined;
    return {
      isGood: result.status === 0,
      output: result.stderr.trim() || result.stdout.trim().split(': ').at(-1) || '',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
