import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Private keys that everybody may know, made for these tests by openssl. */
const pems = [
  `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkGVQR9NNeZ1dUNrV
IWcBMUTykikcHtbdtW49Tol/QxuhRANCAAQo8yq1sk9pDe922XT099A6I5XAW2Dq
Rz5ilC4tn0AlC67KkgY+v9RstguXOs4xp/EXYpSriW6jjtFtNLPOXxY7
-----END PRIVATE KEY-----
`,
  `-----BEGIN PRIVATE KEY-----
MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCpEJSdmVYiKiCB8NPQ
grE06RXcxzbgtIzqn/U0qpwk1nbaBZRetNCcn5GT4acnnVyhZANiAATJ20IzNhvA
gdvYM4H2XxUaQ4PEynGOPuXAr4KeUufVx1+5dVjqGEKfCprPO7Q4L9pOfDQCymRT
6IZlOSjLgvo5G7h+6q9oaL9jqFBBZ+OB4wNEizRWcayGfwCptXaR9J0=
-----END PRIVATE KEY-----
`,
  `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCEkKscun9GXt0I
iqSTj1qKY8mZEFHKyJddsywCSyqlK1D8f+/3ZhzyqnMiURKiku79W05Iwan9LUKu
YQp3HDZfI/ZD+y07KA2cr2obnlQVxQaaZBu7cYpYsDKlDDJ/8ZsiJKt+3/CiKXoY
o80wAHcFWgOOu2hpbybTAp8BwYqXL6OdXW0jRVa3hehlYde+DwgsO4m6KSHnopT1
CZV/yfA/+gQe0RN0LeWTZ+/BfmURnyQ1LDnY+9UXJtzToIBgCTtb3l2X+4yawkx2
ocO6mUsMK1IIoGGwx9kyDK3+9blY1z9zAHKtCgH4zE2DLEnydHQpBzJAj93as53r
XvRa5LyPAgMBAAECggEAHylYp8ypLXQQNjlM/YjVqjFRyuK8r1PezP5YqoNb126q
v2gdkwTUajCqFteC72dluXW0ncK0gFia053pFV2y5ENyWMGa/MxqArpzUWGy91kU
t8cvg6zpbfahOQ34cv3qzyhajdz7Vks0scUTbyS01bO2oV8paJthv3lewk1qFCae
jPpxTQuz3JhRhseUSEAlxUAczoXT/pIHP3a/MWaxsVzfcqoKjj1ekqRXB8jkAH+p
EgUmDmLFYV10U93U48g2hCyQUVHC+5S6IQs4B6f5j2el7g94o3esWhbxs4sz3KbU
iRcJ+lnQVMmOCfaSWXh+Lz62fP5dM9uHnRC/NVotuQKBgQC6DlR40dqcEpJUo5eQ
EEcbcGdegIl6zSa+AoeehJootLXRqMuTus7v6FBybgs1HSN5NaqavFWxG3JmJWNs
+zjUK9L5osqyuwW+0CdciBmwrNfyZzbxr1z0uJT7uZFFyuu67k8gCTaEGwce0PzJ
6G+8jZ4NAkhS3Uq+iWnQQwixBwKBgQC2Znrv48Ija7Ft7x7rfxQsa/ehKCXuAOJb
DDtHpeqGU/IikNm7tVnLc5dIev4SNi1scE9pISv7N+eEed/W3wZ85nYMtbgcrb9u
1kn+yr0zRX2LBgP31mgLq7BZRKvO6UNL0il1HVpbFZTx4luQfVzaghABciUbu4BD
GjKN8/WeOQKBgAIQXKGGem1Wy2bC9dB0TcWhJpRmyp+hHPfooUaB5A/liUrNG40E
+nyw0Auk6tzo+NbEYKMcybqQOmGlsoen9cZswgdg5ey7pGGsf3NIUzihgje/K13c
+yP/1C9CrLjgemL1d808LO2kOxz9ZoB64ppt2737M4Av0j9w2Mqlo7gLAoGBALT2
H2n40RdLNREYd9i0j1MzGs7sghULE4e5Lub6mR8EEepxQ1OTrK7I04K5Y3C2B4La
Oi7XFkd7Q1qPf6AyTMGF9ADQGQV6674PJAKBKgzAGLnhEfbE5R0PDTrDgqEZlAaZ
T0A+CvLrCoagSK+lcIXpG/ATSvWkpK/uQdHMBBchAoGAQYFKp+XCk7qkC0BK9orq
Ii72FLms/La040msGJBIXPMq40aym/ImxLPY48xUe61nFCGdJMISX2xeEj0gK6Zg
ur0A8OJ6yqGHeiSwKY4BqAj6allse/SWpglV869vEgZFJJlFfStUa3JtYvmKDw9x
CGCVxvBKRWaQW/cACb//gNE=
-----END PRIVATE KEY-----
`,
  `-----BEGIN PRIVATE KEY-----
MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgfMmkIlRJP9+OR051Pm6e
5lE2FzY/+lvA9FMNVAZXDqChRANCAARrvOnUm3sFLEMOzv2WxObVTddd197Ksq2J
iEMcPmWyzX/OoLEBfYF3j6cjPBUAEoSeLhyJdefkotygeIaXkqBA
-----END PRIVATE KEY-----
`,
  `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIDUGx1wNTImZZSn5eGeFpvF+KWb5lKeCCP2H3duSdTca
-----END PRIVATE KEY-----
`,
];

export const knownKeys: readonly { readonly key: KeyObject; readonly spki: Uint8Array }[] =
  pems.map((pem) => {
    const key = createPrivateKey(pem);
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    return { key, spki: new Uint8Array(spki) };
  });
