import { type Language, texts } from '../texts/index.ts'
import type { MailContent, MailHref } from './mail.ts'

type Rendering = {
  subject: string
  language: Language
  content: MailContent
  /** Scheme, host and port of the site, without a slash at the end. */
  site: string
}

/** A mail as mail programs want it: the same words as plain text and as a page. */
export type RenderedMail = { text: string; html: string }

// The colours of src/shared/design/colours.css; mail programs know neither its file nor its variables.
const light = {
  page: '#fcfbf6',
  sheet: '#ffffff',
  text: '#22201c',
  quiet: '#585752',
  line: '#d4d3cd',
  accent: '#055d56',
  onAccent: '#ffffff'
}
const dark: typeof light = {
  page: '#0f1412',
  sheet: '#181d1b',
  text: '#e9eeec',
  quiet: '#b7bcba',
  line: '#444947',
  accent: '#72c6bc',
  onAccent: '#001411'
}
const font = "'Source Sans 3', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

/** A place on the site as an address that works outside of it. */
export function absolute(href: MailHref, site: string): string {
  return href.startsWith('/') ? `${site}${href}` : href
}

/** Puts a mail into words and into the look of the product. All of its content is text, never markup. */
export function renderMail(mail: Rendering): RenderedMail {
  return { text: plain(mail), html: page(mail) }
}

function plain({ language, content, site }: Rendering): string {
  const t = texts(language)
  const { paragraphs, link, unsubscribe } = content
  const parts = paragraphs.map((part) =>
    typeof part === 'string' ? part : part.items.map((item) => `- ${item}`).join('\n')
  )
  if (link) parts.push(`${link.label}:\n${absolute(link.href, site)}`)
  const foot = [t('mail.footer', { site })]
  if (unsubscribe) foot.push(`${t('mail.unsubscribe')}: ${absolute(unsubscribe.href, site)}`)
  // “-- ” and what follows is folded away as a signature.
  return `${[...parts, `-- \n${foot.join('\n')}`].join('\n\n')}\n`
}

function page({ subject, language, content, site }: Rendering): string {
  const t = texts(language)
  const { paragraphs, link, unsubscribe } = content
  const address = link && absolute(link.href, site)
  const body = [
    `<h1 class="text" style="margin:0 0 20px;font-size:24px;line-height:1.25;font-weight:600;color:${light.text}">${escaped(subject)}</h1>`,
    ...paragraphs.map((part) =>
      typeof part === 'string'
        ? `<p style="margin:0 0 16px">${escaped(part)}</p>`
        : `<ul style="margin:0 0 16px;padding-left:24px">${part.items.map((item) => `<li style="margin:0 0 6px">${escaped(item)}</li>`).join('')}</ul>`
    ),
    ...(link && address
      ? [
          `<p style="margin:24px 0"><a class="button" href="${escaped(address)}" style="display:inline-block;padding:12px 22px;border-radius:6px;background:${light.accent};color:${light.onAccent};font-weight:600;text-decoration:none">${escaped(link.label)}</a></p>`,
          `<p class="quiet" style="margin:0;font-size:14px;color:${light.quiet}">${escaped(t('mail.copy-link'))}<br><a class="link" href="${escaped(address)}" style="color:${light.accent};word-break:break-all">${escaped(address)}</a></p>`
        ]
      : [])
  ]
  const foot = [
    escaped(t('mail.footer', { site })),
    ...(unsubscribe
      ? [
          `<a class="link" href="${escaped(absolute(unsubscribe.href, site))}" style="color:${light.accent}">${escaped(t('mail.unsubscribe'))}</a>`
        ]
      : [])
  ]
  return `<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: ${dark.page} !important; }
  .sheet { background: ${dark.sheet} !important; border-color: ${dark.line} !important; border-top-color: ${dark.accent} !important; }
  .text, .sheet { color: ${dark.text} !important; }
  .quiet { color: ${dark.quiet} !important; }
  .link, .mark { color: ${dark.accent} !important; }
  .button { background: ${dark.accent} !important; color: ${dark.onAccent} !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:${light.page}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;font-family:${font};text-align:left">
<tr><td class="mark" role="banner" style="padding:0 4px 12px;font-size:20px;font-weight:600;color:${light.accent}">${escaped(t('site.name'))}</td></tr>
<tr><td class="sheet" role="main" style="padding:28px 28px 32px;background:${light.sheet};border:1px solid ${light.line};border-top:4px solid ${light.accent};font-size:17px;line-height:1.5;color:${light.text}">
${body.join('\n')}
</td></tr>
<tr><td class="quiet" role="contentinfo" style="padding:16px 4px 0;font-size:14px;line-height:1.5;color:${light.quiet}">${foot.join('<br>')}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!)
}
