import type { Call } from '../../../aws/call.ts';
import { failed, isProved, issued, type Certificate } from '../domain/certificate.ts';
import { announcementStart, available } from '../domain/events.ts';
import { validatedDomain } from '../domain/validation-record.ts';
import {
  isRenewing,
  renewalFailed,
  nextRenewalLook,
  renewalStart,
  renewed,
} from '../domain/renewal.ts';
import { IssuerRefusal } from '../../../issuance/index.ts';
import type { IssuedCertificate, Order, Unfinished } from '../../../issuance/issuer.ts';
import { reEncryptAssociations } from '../associations.ts';
import { keepFormerCertificate } from '../former-certificates.ts';
import { certificateContext } from '../context.ts';
import type { AcmPorts, RequestableKeyAlgorithm } from '../ports.ts';
import type { IssuanceTable, JobTable, MaterialTable } from '../schema.ts';
import { leaseEnd, ownCall, type JobStep } from './job.ts';
import { faultPoint } from '../../../lib/fault-points.ts';

/**
 * Issues a certificate, at first or again: (1) a key pair is made and what the issuer will sign is fixed and kept, for a
 * first one together with the proof that it may; (2) the issuer goes on from the words that it last gave, which are kept
 * after each of its steps, until it has signed: then certificate, key and all associations change together.
 */
export const issueCertificate: JobStep = async (job, certificate, call, ports) => {
  const { writer, reader } = ports;
  const isWanted = isOrdered(certificate);
  if (!isWanted) {
    writer.dropIssuance(call.change, certificate);
    call.change.shred();
    return writer.jobs.finish(call.change, job);
  }
  try {
    const issuance = await reader.issuance(certificate);
    if (issuance === undefined) {
      await prepareIssuance(certificate, call, ports);
      const unhurried = { ...job, attempts: 0 };
      return writer.jobs.lease(call.change, unhurried, leaseEnd(call.clock.now()));
    }
    const signed = await ports.issuer.sign(ownCall(call), issuance.prepared);
    if ('prepared' in signed) return goOn(job, issuance, signed, call, ports);
    await keep(certificate, issuance, signed, call, ports);
  } catch (error) {
    if (!(error instanceof IssuerRefusal)) throw error;
    const now = call.clock.now();
    writer.update(
      call.change,
      certificate,
      isRenewing(certificate)
        ? renewalFailed(certificate, error.reason, now)
        : failed(certificate, error.reason),
    );
    writer.dropIssuance(call.change, certificate);
    call.change.shred();
    if (isRenewing(certificate))
      writer.jobs.schedule(call.change, certificate, 'renew-certificate', now.add({ hours: 24 }));
  }
  writer.jobs.finish(call.change, job);
};

/** The job alone orders nothing: whoever wrote it, control of all names has to be proved. */
function isOrdered(certificate: Certificate): boolean {
  if (certificate.status === 'PENDING_VALIDATION') return isProved(certificate.validations);
  const { renewal } = certificate;
  return (
    certificate.status === 'ISSUED' &&
    isRenewing(certificate) &&
    isProved(renewal?.validations ?? [])
  );
}

/**
 * Has a key pair made, and keeps what the issuer will sign.
 * @throws IssuerRefusal
 */
export async function prepareIssuance(
  certificate: Certificate,
  call: Call,
  { keys, issuer, writer, reader }: AcmPorts,
): Promise<void> {
  const acm = ownCall(call);
  const context = certificateContext(certificate.arn);
  const { ciphertext, publicKey, keyArn } = await keys.generatePrivateKey(acm, {
    keySpec: certificate.keyAlgorithm as RequestableKeyAlgorithm,
    context,
    isExportable: certificate.exportOption === 'ENABLED',
  });
  const { prepared } = await issuer.prepare(acm, {
    domainName: certificate.domainName,
    names: certificate.names,
    publicKey,
    signRequest: async (requestInfo) =>
      (await keys.signCsr(acm, { keyArn, ciphertext, context, requestInfo })).csr,
    ...externalOf(certificate, await reader.material(certificate)),
  });
  faultPoint('issuance.prepared');
  const { account, region, arn } = certificate;
  const owner = { account, region, certificate_arn: arn };
  writer.keepIssuance(call.change, { ...owner, ciphertext, kms_key_arn: keyArn, prepared });
}

/** A configured CA finds the proofs of control where the customer's records lead it. */
function externalOf(
  { issuer, validations }: Certificate,
  material: MaterialTable | undefined,
): Pick<Order, 'external'> {
  if (issuer === undefined) return {};
  const validationNames = validations.map(({ domainName, recordValue }) => [
    validatedDomain(domainName),
    recordValue,
  ]);
  return {
    external: {
      issuer,
      validationNames: Object.fromEntries(validationNames) as Record<string, string>,
      replaced: material?.certificate_pem,
    },
  };
}

/** Keeps the issuer's new words, and comes back when it says so. To wait is no failure. */
function goOn(
  job: JobTable,
  issuance: IssuanceTable,
  { prepared, notBefore }: Unfinished,
  call: Call,
  { writer }: AcmPorts,
): JobTable | void {
  const unhurried = { ...job, attempts: 0 };
  const now = call.clock.now();
  writer.updateIssuance(call.change, issuance, prepared);
  if (Temporal.Instant.compare(notBefore, now) <= 0)
    return writer.jobs.lease(call.change, unhurried, leaseEnd(now));
  writer.jobs.reschedule(call.change, job, notBefore, 0);
}

async function keep(
  certificate: Certificate,
  issuance: IssuanceTable,
  { certificatePem, chainPem }: IssuedCertificate,
  call: Call,
  ports: AcmPorts,
): Promise<void> {
  const { writer, x509 } = ports;
  const leaf = x509.describe(certificatePem);
  const now = call.clock.now();
  const isRenewal = certificate.status === 'ISSUED';
  const next = isRenewal ? renewed(certificate, leaf, now) : issued(certificate, leaf, now);
  const { account, region, certificate_arn, ciphertext, kms_key_arn } = issuance;
  const material = {
    account,
    region,
    certificate_arn,
    ciphertext,
    kms_key_arn,
    certificate_pem: certificatePem,
    chain_pem: chainPem,
  };
  writer.update(call.change, certificate, next);
  writer.keepMaterial(call.change, material);
  writer.dropIssuance(call.change, certificate);
  faultPoint('issuance.signed');
  if (isRenewal) {
    call.change.shred();
    await keepFormerCertificate(certificate, call, ports);
    // What was never issued is in nobody's use.
    await reEncryptAssociations(certificate, material, ownCall(call), ports);
  }
  const renewal =
    certificate.issuer === undefined
      ? renewalStart(leaf)
      : nextRenewalLook(leaf, undefined, now).at;
  writer.jobs.schedule(call.change, certificate, 'renew-certificate', renewal);
  writer.jobs.schedule(call.change, certificate, 'expire-certificate', leaf.notAfter);
  writer.jobs.schedule(
    call.change,
    certificate,
    'announce-expiry',
    announcementStart(leaf.notAfter),
  );
  ports.events.tell(call, next, available(next, isRenewal ? 'RENEWAL' : 'ISSUANCE', now));
}
