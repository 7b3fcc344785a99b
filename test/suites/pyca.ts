import { execFileSync, spawnSync } from 'node:child_process';

/** `cryptography` for Python: a reader and verifier of X.509 that shares no code with OpenSSL. */
export const hasPyca =
  spawnSync('python3', ['-c', 'from cryptography.x509 import verification']).status === 0;

const program = `
import datetime, json, sys
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store
given = json.load(sys.stdin)
read = lambda pem: x509.load_pem_x509_certificates(pem.encode())
time = datetime.datetime.fromtimestamp(given["at"], datetime.timezone.utc).replace(tzinfo=None)
policy = PolicyBuilder().store(Store(read(given["root"]))).time(time)
verifier = policy.build_server_verifier(x509.DNSName(given["host"]))
path = verifier.verify(read(given["leaf"])[0], read(given["chain"]))
print(len(path))
`;

/** How many certificates lead from the leaf to the root. @throws Error if it does not verify as the host's */
export function pathLengthByPyca(given: {
  readonly root: string;
  readonly chain: string;
  readonly leaf: string;
  readonly host: string;
  /** Seconds since 1970. */
  readonly at: number;
}): number {
  const options = { input: JSON.stringify(given), encoding: 'utf8', stdio: 'pipe' } as const;
  return Number(execFileSync('python3', ['-c', program], options));
}
