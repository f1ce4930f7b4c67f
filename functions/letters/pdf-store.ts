import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { setting } from '../../shared/aws/env.ts';

const bucket = /* @__PURE__ */ setting('LETTERS_BUCKET');
const s3 = /* @__PURE__ */ new S3Client({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

export async function putPdf(key: string, bytes: Uint8Array): Promise<void> {
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: 'application/pdf' }),
  );
}

export async function getPdf(key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!Body) throw new Error('The PDF of a letter is not there');
  return Body.transformToByteArray();
}
