import type { RevocationCode, Revoker } from '../revoker.ts';
import type { AcmeCall, AcmePorts } from './ports.ts';
import type { Orders } from './account.ts';
import { IssuerProblem } from './issuer-problem.ts';
import { AcmeProblem } from './problem.ts';
import type { SignedTable } from './schema.ts';
import { derOf, type SignedCertificates } from './signed-certificates.ts';

const mostAtOnce = 20;
const mostHoursBetweenTries = 6;

/** Certificates of CAs are revoked by those; what nobody else has signed is the own authority's. */
export function eitherRevoker(own: Revoker, signed: SignedCertificates): Revoker {
  return {
    async revoke(call, certificates, reason) {
      const rest: string[] = [];
      for (const pem of certificates) {
        if (await signed.has(pem)) signed.revoke(call.change, pem, reason, call.clock.now());
        else rest.push(pem);
      }
      if (rest.length > 0) await own.revoke(call, rest, reason);
    },
  };
}

/**
 * Tells CAs what is revoked, each of it until its CA knows. Resolves with how many were told now.
 * @param ordersOf our account with the issuer of this name; undefined when it is not configured
 */
export async function sendRevocations(
  signed: SignedCertificates,
  { clock, log, run }: Pick<AcmePorts, 'clock' | 'log' | 'run'>,
  ordersOf: (call: AcmeCall, issuer: string) => Promise<Orders | undefined>,
): Promise<number> {
  const due = await signed.dueRevocations(clock.now(), mostAtOnce);
  for (const row of due) {
    await run('RevokeCertificate', async (call) => {
      const again = await tell(row, await ordersOf(call, row.issuer), call);
      if (again !== undefined)
        log.warn('a CA was not told of a revocation', { issuer: row.issuer, why: again.why });
      signed.told(call.change, row, again?.at);
    });
  }
  return due.length;
}

/** @returns when to try again, and why; undefined when the CA knows */
async function tell(
  row: SignedTable,
  orders: Orders | undefined,
  call: AcmeCall,
): Promise<{ readonly at: Temporal.Instant; readonly why: string } | undefined> {
  const later = call.clock
    .now()
    .add({ minutes: Math.min(mostHoursBetweenTries * 60, 2 ** Math.min(row.attempts, 9)) });
  if (orders === undefined) return { at: later, why: 'the issuer is not configured' };
  try {
    await orders.revoke(derOf(row.certificate_pem), row.revocation_reason as RevocationCode);
    return undefined;
  } catch (error) {
    if (!(error instanceof IssuerProblem)) throw error;
    if (error instanceof AcmeProblem && error.type === 'alreadyRevoked') return undefined;
    const retryAt = error instanceof AcmeProblem ? error.retryAt : undefined;
    return { at: retryAt ?? later, why: error.message };
  }
}
