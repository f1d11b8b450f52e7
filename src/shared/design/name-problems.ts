/**
 * Names the fields in a summary of problems. The summary stands above the fields, so their names are not known when it
 * is written: each field marks its name by data-names, each problem says by data-problem-of whose it is, and once the
 * page is whole they are brought together.
 */

/** Writes the names of fields in front of their problems, in the HTML of a whole page. */
export function nameProblems(html: string): string {
  if (!html.includes(' data-problem-of="')) return html
  return html.replace(
    /( data-problem-of="([^"]*)"[^>]*>)([^<]*)/g,
    (whole, tag: string, id: string, message: string) =>
      message === '' ? whole : tag + inFront(nameIn(html, id), message) + message
  )
}

/** The same in a browser, for a summary that a script wrote. @returns what stands in front of the message, or '' */
export function shownName(id: string, message: string): string {
  const marked = document.querySelector(`[data-names="${CSS.escape(id)}"]`)?.cloneNode(true) as
    Element | undefined
  marked?.querySelector('.kopa-optional')?.remove()
  return inFront(tidy(marked?.textContent ?? ''), message)
}

function nameIn(html: string, id: string): string {
  const at = html.indexOf(` data-names="${id}"`)
  if (at < 0) return ''
  const from = html.indexOf('>', at) + 1
  const until = html.slice(from).search(/<\/(?:label|legend|h\d)>/)
  const marked = until < 0 ? '' : html.slice(from, from + until)
  return tidy(
    marked
      .replace(/<!--.*?-->/gs, '')
      .replace(/<span class="kopa-optional[^>]*>.*?<\/span>/gs, '')
      .replace(/<[^>]*>/g, '')
  )
}

/** A name that the message says itself is not said twice. */
function inFront(name: string, message: string): string {
  if (name === '' || message.includes(name)) return ''
  return /[?!:.]$/.test(name) ? `${name} ` : `${name}: `
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
