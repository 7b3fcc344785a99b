import { reveal, Secret } from '../../../lib/secret.ts';
import { operation } from '../../../aws/operation.ts';
import { authorizedCertificate } from '../arn.ts';
import { certificateContext } from '../context.ts';
import { RequestInProgressException, ValidationException } from '../errors.ts';
import type { Certificate } from '../domain/certificate.ts';
import type { ExportCertificateRequest, ExportCertificateResponse } from '../model.ts';
import type { AcmPorts } from '../ports.ts';

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

export const ExportCertificate = operation<
  ExportCertificateRequest,
  ExportCertificateResponse,
  AcmPorts
>('ExportCertificate', async (input, call, { reader, writer, keys }) => {
  call.audit.requestParameters({ certificateArn: input.CertificateArn, passphrase: hidden });
  const certificate = await authorizedCertificate(
    call,
    reader,
    'acm:ExportCertificate',
    input.CertificateArn,
    (each) => (each === undefined ? {} : { 'acm:DomainNames': each.names }),
  );
  refuseUnexportable(certificate);
  const passphrase = checkedPassphrase(input.Passphrase as unknown as Secret);
  const material = await reader.material(certificate);
  if (material === undefined)
    throw new RequestInProgressException(
      `The certificate ${certificate.arn} has not been issued yet.`,
    );

  const { pem } = await keys.exportPrivateKey(call.via('acm.amazonaws.com'), {
    keyArn: material.kms_key_arn,
    ciphertext: material.ciphertext,
    context: certificateContext(certificate.arn),
    passphrase,
  });
  if (certificate.exportedRevision !== certificate.revision) {
    writer.update(call.change, certificate, {
      ...certificate,
      exportedRevision: certificate.revision,
    });
  }
  const texts = {
    Certificate: material.certificate_pem,
    CertificateChain: material.chain_pem ?? undefined,
  };
  call.audit.responseElements({
    certificate: texts.Certificate,
    certificateChain: texts.CertificateChain,
    privateKey: hidden,
  });
  return { ...texts, PrivateKey: pem };
});

function refuseUnexportable(certificate: Certificate): void {
  if (certificate.type === 'IMPORTED' || certificate.exportOption !== 'ENABLED') {
    throw new ValidationException(
      `Certificate ARN: ${certificate.arn} is not a private certificate`,
    );
  }
  if (certificate.status === 'PENDING_VALIDATION') {
    throw new RequestInProgressException(
      `The certificate ${certificate.arn} has not been issued yet.`,
    );
  }
  if (certificate.status !== 'ISSUED') {
    throw new ValidationException(
      `Certificate ${certificate.arn} is ${certificate.status} and cannot be exported.`,
    );
  }
}

/** A copy of its own, because the vault's client overwrites what it is given and the call may run again. */
function checkedPassphrase(passphrase: Secret): Secret {
  const forbidden = new Set([0x23, 0x24, 0x25]); // # $ %
  const bytes = reveal(passphrase);
  // A line's end, or a zero, is where tools that decrypt the key stop reading.
  const isTypable = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;
  if (
    bytes.length < 4 ||
    bytes.length > 128 ||
    bytes.some((byte) => !isTypable(byte) || forbidden.has(byte))
  ) {
    throw new ValidationException(
      'The passphrase must have 4 to 128 printable ASCII characters, without #, $ and %.',
    );
  }
  return new Secret(Uint8Array.from(bytes));
}
