import { operation } from '../../../aws/operation.ts';
import { authorizedCertificate } from '../arn.ts';
import { RequestInProgressException, ResourceNotFoundException } from '../errors.ts';
import type { GetCertificateRequest, GetCertificateResponse } from '../model.ts';
import type { AcmPorts } from '../ports.ts';

export const GetCertificate = operation<GetCertificateRequest, GetCertificateResponse, AcmPorts>(
  'GetCertificate',
  async (input, call, { reader }) => {
    const certificate = await authorizedCertificate(
      call,
      reader,
      'acm:GetCertificate',
      input.CertificateArn,
    );
    const material = await reader.material(certificate);
    if (material === undefined) {
      if (certificate.status === 'PENDING_VALIDATION') {
        throw new RequestInProgressException(
          `The certificate ${certificate.arn} has not been issued yet.`,
        );
      }
      throw new ResourceNotFoundException(`Certificate ${certificate.arn} was never issued.`);
    }
    const answer = {
      Certificate: material.certificate_pem,
      CertificateChain: material.chain_pem ?? undefined,
    };
    // A read, and yet its record carries the text.
    call.audit.responseElements({
      certificate: answer.Certificate,
      certificateChain: answer.CertificateChain,
    });
    return answer;
  },
);
