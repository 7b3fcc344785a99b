import type { NameServer } from './exchange.ts';
import { lookUp, type LookUpOptions, type Question } from './look-up.ts';

/**
 * What a validating resolver makes of a name. `insecure`: nothing there is signed, or the resolver does not validate.
 * `bogus`: signed, and the signatures do not hold. `server-failed`: no answer even without a check. `unknown`: silence.
 */
export type DnssecVerdict = 'secure' | 'insecure' | 'bogus' | 'server-failed' | 'unknown';

/**
 * By the resolver's AD; when it fails it is asked again without a check (CD), which tells a bogus answer from a server
 * that fails anyway.
 * @see RFC 4035 §3.2, RFC 6840 §5.7
 */
export async function dnssecVerdict(
  resolver: NameServer,
  question: Question,
  options: LookUpOptions,
): Promise<DnssecVerdict> {
  const ask = (dnssec: 'verdict' | 'unchecked') =>
    lookUp(resolver, question, { ...options, isRecursive: true, dnssec });
  const checked = await ask('verdict');
  if (checked.outcome === 'silent') return 'unknown';
  if (checked.outcome !== 'error') return checked.isAuthenticated ? 'secure' : 'insecure';
  const { outcome } = await ask('unchecked');
  return outcome === 'error' || outcome === 'silent' ? 'server-failed' : 'bogus';
}
