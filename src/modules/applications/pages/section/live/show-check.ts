/**
 * Whether the consortium may apply is known by the server alone: after a save its verdict, and the rules that each
 * answer breaks, are taken over from the page as it would be shown now.
 * @returns the rules that were not broken before, for who cannot see them
 */
export function showCheck(form: HTMLElement, page: Document): string {
  const [here, there] = [document, page].map((one) => one.querySelector('[data-verdict]'))
  if (here && there) here.replaceWith(document.importNode(there, true))
  return [...form.querySelectorAll<HTMLElement>('[data-question]')]
    .flatMap((block) => brokenNow(block, page) ?? [])
    .join(' ')
}

function brokenNow(block: HTMLElement, page: Document): string | undefined {
  const path = CSS.escape(block.dataset.question!)
  const [here, there] = [
    block.querySelector('[data-broken]'),
    page.querySelector(`[data-question="${path}"] [data-broken]`)
  ]
  if (!here || !there || here.textContent === there.textContent) return undefined
  here.replaceWith(document.importNode(there, true))
  return there.textContent.replace(/\s+/g, ' ').trim()
}
