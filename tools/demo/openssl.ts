import { hasOpenssl, OpensslFolder } from '../../test/suites/openssl.ts';

/** What `openssl verify -x509_strict` says of a leaf; undefined where openssl is not installed. */
export function verifyWithOpenssl(
  leaf: string,
  chain: string,
  root: string,
  hostname: string,
): { readonly isGood: boolean; readonly output: string } | undefined {
  if (!hasOpenssl) return undefined;
  using folder = new OpensslFolder();
  const trust = [
    '-CAfile',
    folder.write('root.pem', root),
    '-untrusted',
    folder.write('chain.pem', chain),
  ];
  const options = ['-x509_strict', '-purpose', 'sslserver', '-verify_hostname', hostname];
  try {
    const output = folder.run('verify', ...options, ...trust, folder.write('leaf.pem', leaf));
    return { isGood: true, output: output.trim().split(': ').at(-1) ?? '' };
  } catch (error) {
    return { isGood: false, output: error instanceof Error ? error.message : '' };
  }
}
