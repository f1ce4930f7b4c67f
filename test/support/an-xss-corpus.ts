/**
 * What people type who try to have a page run their script. Each calls `__xss()`; where nothing of that name is defined the
 * call is an error on the page, so that no run goes unnoticed. Written after the OWASP filter evasion cheat sheet and the
 * mutations that parsers are known for.
 */
export const xssCorpus: readonly string[] = [
  '<script>__xss()</script>',
  '</script><script>__xss()</script>',
  '"><script>__xss()</script>',
  "'><img src=x onerror=__xss()>",
  '<img src="x" onerror="__xss()">',
  '<svg onload=__xss()>',
  '<svg><script>__xss()</script></svg>',
  '<svg><a xlink:href="javascript:__xss()"><text y="20">x</text></a></svg>',
  '<svg><animate onbegin=__xss() attributeName=x dur=1s></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=__xss()&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=__xss()>">',
  '<details open ontoggle=__xss()>',
  '<input autofocus onfocus=__xss()>',
  '<iframe srcdoc="<script>parent.__xss()</script>"></iframe>',
  '<object data="javascript:__xss()"></object>',
  '<a href="javascript:__xss()">x</a>',
  '<form action="javascript:__xss()"><button>x</button></form>',
  '</title><script>__xss()</script>',
  '</textarea><script>__xss()</script>',
  '</style><script>__xss()</script>',
  '--><script>__xss()</script>',
  ']]><script>__xss()</script>',
  '" onfocus=__xss() autofocus="',
  "' onmouseover=__xss() x='",
  '` onerror=__xss() `',
  'x" style="animation-name:x" onanimationstart="__xss()',
  'javascript:__xss()',
  ' JaVa\u2028ScRiPt:__xss()//',
  'data:text/html,<script>parent.__xss()</script>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what others' templates would run.
  '${__xss()} #{__xss()} {{__xss()}} {{constructor.constructor("__xss()")()}} <%= __xss() %>',
  '&lt;script&gt;__xss()&lt;/script&gt; &#60;img src=x onerror=__xss()&#62;',
  '\\u003cscript\\u003e__xss()\\u003c/script\\u003e %3Cscript%3E__xss()%3C/script%3E',
  '＜script＞__xss()＜/script＞ ﹤script﹥ ‹script› \u00bcscript\u00be',
  '<scr\u0000ipt>__xss()</scr\u0000ipt>',
  '\u202e<script>__xss()</script>\u202c \u200b\u200d\ufeff \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 e\u0301\u0301\u0301\u0301\u0301',
  "{plural} {count, plural, one {__xss()} other {#}} '{' {0} $1 $& $`",
  '[groundswell campaign="x"] <groundswell-action campaign="x"></groundswell-action>',
];

/** As many letters as a field may hold, with no place to break them. */
export function aLongWord(length: number): string {
  return 'Wort'.repeat(Math.ceil(length / 4)).slice(0, length);
}
