import { html, toMarkup } from './html.ts';
import { staticFile } from './static-file.ts';

/** The description of the API for people: in English, as the description is. All but the way to the file is for a script to show. */
export function docsPage(): string {
  return toMarkup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The API – Groundswell</title>
<meta name="description" content="Every operation of the API, what it takes and what it answers.">
<link rel="icon" type="image/svg+xml" href="${staticFile('icon.svg')}">
<link rel="stylesheet" href="${staticFile('docs.css')}">
<script defer src="${staticFile('scalar.js')}"></script>
<script type="module" src="${staticFile('api-reference.js')}"></script>
</head>
<body>
<noscript>
<h1>The API of Groundswell</h1>
<p>This page needs scripts. The same is in <a href="/openapi.json">its description as OpenAPI 3.1</a>.</p>
</noscript>
<div id="reference"></div>
</body>
</html>
`);
}
