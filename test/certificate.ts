import { generateKeyPairSync, sign } from "node:crypto";

const SEQUENCE = 0x30;
/** The object ids `ecdsa-with-SHA256` and `commonName`. */
const ECDSA = Buffer.from("06082a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");

/** Makes a self-signed certificate for `localhost` and its key, in PEM. */
export function selfSigned(): { certificate: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = der(SEQUENCE, ECDSA);
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from("localhost")))));
  const times = ["200101000000Z", "491231235959Z"].map((time) => der(0x17, Buffer.from(time)));
  const spki = publicKey.export({ type: "spki", format: "der" });
  const content = der(SEQUENCE, der(0x02, Buffer.from([1])), algorithm, name, der(SEQUENCE, ...times), name, spki);
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", content, privateKey)]);
  const whole = der(SEQUENCE, content, algorithm, der(0x03, signature)).toString("base64");
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}

/** A value in the encoding DER. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
