import { operation } from '../../../aws/operation.ts';
import { authorizedCertificate } from '../arn.ts';
import { keyPairOrigin } from '../domain/description.ts';
import { ResourceInUseException } from '../errors.ts';
import type { DeleteCertificateRequest } from '../model.ts';
import type { AcmPorts } from '../ports.ts';

export const DeleteCertificate = operation<DeleteCertificateRequest, void, AcmPorts>(
  'DeleteCertificate',
  async (input, call, { reader, writer }) => {
    const certificate = await authorizedCertificate(
      call,
      reader,
      'acm:DeleteCertificate',
      input.CertificateArn,
      (each) => (each === undefined ? {} : { 'acm:CertificateKeyPairOrigin': keyPairOrigin(each) }),
    );
    if (certificate.associationCount > 0) {
      throw new ResourceInUseException(
        `Certificate ${certificate.arn} in account ${call.account} is in use.`,
      );
    }
    writer.delete(call.change, certificate);
  },
);
