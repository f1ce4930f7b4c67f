import { httpHandler } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { getPdf } from './pdf-store.ts';
import { requireLetter } from './require-letter.ts';

export const handler = httpHandler(async ({ path, claims, now }) => {
  const { pdf, number } = await requireLetter(path['id'] ?? '', claims, 'readLetters', now);
  if (!pdf) throw new Problem('not-found', 'This letter has no PDF yet.');
  return {
    statusCode: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${number}.pdf"`,
      'cache-control': 'no-store',
    },
    body: Buffer.from(await getPdf(pdf.key)).toString('base64'),
    isBase64Encoded: true,
  };
});
