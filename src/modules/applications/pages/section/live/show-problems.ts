/**
 * What the form does not take about an answer is known by the server alone: after a save its messages are taken over
 * from the page as it would be shown now. The controls, and what is being typed, stay as they are.
 * @returns a message that was not there before, for who cannot see it
 */
export function showProblems(block: HTMLElement, now: HTMLElement): string | undefined {
  const [here, there] = [partsOf(block), partsOf(now)]
  // Another number of rows: the page will tell when it is opened next.
  if (here.length !== there.length) return undefined
  let news: string | undefined
  for (const [index, part] of here.entries()) news = takeOver(part, there[index]!) ?? news
  for (const control of block.querySelectorAll('[data-answer] [id]')) {
    const fresh = now.querySelector(`[id="${CSS.escape(control.id)}"]`)
    if (fresh) for (const name of ['aria-invalid', 'aria-describedby']) copyAttribute(name, fresh, control)
  }
  return news
}

/** Where messages stand: the answer, and each field and group of fields in it. */
function partsOf(block: HTMLElement): Element[] {
  const answer = block.querySelector('[data-answer]')
  return answer ? [answer, ...answer.querySelectorAll('.ds-field, .ds-fieldset')] : []
}

function takeOver(here: Element, now: Element): string | undefined {
  here.className = now.className
  if (now.matches('.ds-fieldset')) copyAttribute('aria-describedby', now, here)
  const [was, is] = [messageIn(here), messageIn(now)]
  const changed = is?.textContent !== was?.textContent
  if (!changed) return undefined
  was?.remove()
  if (!is) return undefined
  here.closest('[data-answer] details')?.setAttribute('open', '')
  here.insertBefore(document.importNode(is, true), here.children[[...now.children].indexOf(is)] ?? null)
  return is.textContent.trim()
}

function messageIn(part: Element): Element | undefined {
  return [...part.children].find((child) => child.matches('.ds-validation-message'))
}

function copyAttribute(name: string, from: Element, to: Element): void {
  const value = from.getAttribute(name)
  if (value === null) to.removeAttribute(name)
  else to.setAttribute(name, value)
}
