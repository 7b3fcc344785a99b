import { operation } from '../../../aws/operation.ts';
import { IssuerRefusal } from '../../../issuance/index.ts';
import type { RevocationCode } from '../../../issuance/revoker.ts';
import { authorizedCertificate } from '../arn.ts';
import { revoked, type Certificate } from '../domain/certificate.ts';
import { keyPairOrigin } from '../domain/description.ts';
import { revokedEvent } from '../domain/events.ts';
import { isRenewing, renewalFailed } from '../domain/renewal.ts';
import { ConflictException, ResourceInUseException, ValidationException } from '../errors.ts';
import { validCertificates } from '../former-certificates.ts';
import type {
  RevocationReason,
  RevokeCertificateRequest,
  RevokeCertificateResponse,
} from '../model.ts';
import type { AcmPorts } from '../ports.ts';

/** RFC 5280 §5.3.1. A hold can be lifted, and `removeFromCRL` lifts it: ACM revokes for good. */
const codes: Readonly<
  Record<Exclude<RevocationReason, 'CERTIFICATE_HOLD' | 'REMOVE_FROM_CRL'>, RevocationCode>
> = {
  UNSPECIFIED: 0,
  KEY_COMPROMISE: 1,
  CA_COMPROMISE: 2,
  AFFILIATION_CHANGED: 3,
  SUPERCEDED: 4,
  SUPERSEDED: 4,
  CESSATION_OF_OPERATION: 5,
  PRIVILEGE_WITHDRAWN: 9,
  A_A_COMPROMISE: 10,
};

export const RevokeCertificate = operation<
  RevokeCertificateRequest,
  RevokeCertificateResponse,
  AcmPorts
>('RevokeCertificate', async (input, call, ports) => {
  const { reader, writer, revoker } = ports;
  const certificate = await authorizedCertificate(
    call,
    reader,
    'acm:RevokeCertificate',
    input.CertificateArn,
    (each) =>
      each === undefined
        ? {}
        : {
            'acm:CertificateKeyPairOrigin': keyPairOrigin(each),
            'acm:DomainNames': each.names,
          },
  );
  const code = codeOf(input.RevocationReason);
  refuseUnrevocable(certificate);
  const now = call.clock.now();
  await revoker
    .revoke(call, await validCertificates(certificate, now, ports), code)
    .catch(asValidationException);
  const stopped = isRenewing(certificate) ? renewalFailed(certificate, 'OTHER', now) : certificate;
  const next = revoked(stopped, input.RevocationReason, now);
  writer.update(call.change, certificate, next);
  // Its end is nothing to wait for any more.
  writer.jobs.schedule(call.change, certificate, 'expire-certificate', now);
  ports.events.tell(call, next, revokedEvent(next));
  writer.requireUnused(call.change, certificate);
  // Nobody has got the key of what is ordered, nor will.
  writer.dropIssuance(call.change, certificate);
  call.change.shred();
  return { CertificateArn: certificate.arn };
});

function codeOf(reason: RevocationReason): RevocationCode {
  if (reason === 'CERTIFICATE_HOLD' || reason === 'REMOVE_FROM_CRL')
    throw new ValidationException(
      `The revocation reason ${reason} is not for good, as a revocation is.`,
    );
  return codes[reason];
}

/** Only what left the server can have got into wrong hands there. */
function refuseUnrevocable(certificate: Certificate): void {
  const { arn, status } = certificate;
  if (certificate.type === 'IMPORTED' || certificate.exportedRevision === undefined)
    throw new ValidationException(
      `Certificate ${arn} has not been exported, and only exported certificates can be revoked.`,
    );
  if (status !== 'ISSUED')
    throw new ConflictException(`Certificate ${arn} is ${status} and cannot be revoked.`);
  if (certificate.associationCount > 0)
    throw new ResourceInUseException(`Certificate ${arn} is in use.`);
}

function asValidationException(error: unknown): never {
  if (!(error instanceof IssuerRefusal)) throw error;
  throw new ValidationException(`The certificate cannot be revoked: ${error.message}.`);
}
