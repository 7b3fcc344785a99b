import { readPemCertificates } from '../../lib/pem.ts';
import { parseCertificate } from '../../lib/x509.ts';
import { checkImport } from './import-checks.ts';
import { leafOf } from './leaf.ts';
import type { X509Port } from './ports.ts';

export const x509Port: X509Port = {
  describe: (pem) => {
    const [der = new Uint8Array(0)] = readPemCertificates(Buffer.from(pem), 1);
    return leafOf(parseCertificate(der));
  },
  checkImport,
};
