import { operation } from '../../../aws/operation.ts';
import { authorizedCertificate } from '../arn.ts';
import { renewalEligibility } from '../domain/certificate.ts';
import { isRenewing, renewalBegun } from '../domain/renewal.ts';
import { RequestInProgressException, ValidationException } from '../errors.ts';
import type { RenewCertificateRequest } from '../model.ts';
import type { AcmPorts } from '../ports.ts';

export const RenewCertificate = operation<RenewCertificateRequest, void, AcmPorts>(
  'RenewCertificate',
  async (input, call, { reader, writer }) => {
    const certificate = await authorizedCertificate(
      call,
      reader,
      'acm:RenewCertificate',
      input.CertificateArn,
    );
    if (certificate.status === 'PENDING_VALIDATION' || isRenewing(certificate)) {
      throw new RequestInProgressException(
        `A request for the certificate ${certificate.arn} is in progress.`,
      );
    }
    if (renewalEligibility(certificate) !== 'ELIGIBLE') {
      throw new ValidationException(
        `Certificate ARN ${certificate.arn} has not been exported so it is not eligible for the Renew Certificate API.`,
      );
    }
    const now = call.clock.now();
    writer.update(call.change, certificate, renewalBegun(certificate, now));
    writer.jobs.schedule(call.change, certificate, 'renew-certificate', now);
  },
);
