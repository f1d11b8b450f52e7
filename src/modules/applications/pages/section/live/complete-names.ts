import { beingNamed } from '../../../writing/mentions.ts'

type Colleague = { name: string; tick: HTMLInputElement }

/**
 * Who types @ in a comment is offered the names of colleagues; the one that is chosen is written out, and ticked below,
 * where the same can be done without script.
 */
export function completeNames(form: HTMLFormElement, label: string): void {
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.closest('[data-talk]')) offer(target, label)
  })
  form.addEventListener('keydown', (event) => {
    const offers = event.target instanceof HTMLElement && offersOf(event.target)
    if (!offers) return
    if (event.key === 'Escape') {
      offers.previousElementSibling?.querySelector('textarea')?.focus()
      offers.remove()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      step(offers, event.key === 'ArrowDown' ? 1 : -1)
    }
  })
}

/** The names that are offered beside a box, or that a button is one of. */
function offersOf(element: HTMLElement): HTMLElement | null {
  return element.closest<HTMLElement>('[data-names-offered]') ?? besideBox(element)
}

function besideBox(element: HTMLElement): HTMLElement | null {
  const next = element.closest('.ds-field')?.nextElementSibling
  return next instanceof HTMLElement && next.dataset.namesOffered !== undefined ? next : null
}

function step(offers: HTMLElement, by: number): void {
  const buttons = [...offers.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  buttons[(at + by + buttons.length) % buttons.length]?.focus()
}

function offer(box: HTMLTextAreaElement, label: string): void {
  const field = box.closest('.ds-field')
  besideBox(box)?.remove()
  const before = box.value.slice(0, box.selectionStart)
  const naming = beingNamed(before, colleaguesBeside(box))
  if (!field || !naming) return
  const offers = document.createElement('div')
  offers.className = 'kopa-row'
  offers.dataset.namesOffered = ''
  offers.role = 'group'
  offers.ariaLabel = label
  for (const colleague of naming.people.slice(0, mostOffered)) {
    const button = Object.assign(document.createElement('button'), {
      type: 'button',
      className: 'ds-button',
      textContent: colleague.name
    })
    Object.assign(button.dataset, { variant: 'secondary', size: 'sm' })
    button.addEventListener('click', () => {
      choose(box, { from: naming.from, until: before.length }, colleague)
      offers.remove()
    })
    offers.append(button)
  }
  field.after(offers)
}

const mostOffered = 6

function colleaguesBeside(box: HTMLTextAreaElement): Colleague[] {
  const name = box.name.replace(/^talk:text:/, 'talk:named:')
  const ticks = box.form!.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`)
  return Array.from(ticks, (tick) => ({ tick, name: tick.labels?.[0]?.textContent.trim() ?? '' }))
}

function choose(
  box: HTMLTextAreaElement,
  { from, until }: { from: number; until: number },
  { name, tick }: Colleague
): void {
  box.setRangeText(`@${name} `, from, until, 'end')
  tick.checked = true
  const fold = tick.closest('details')
  if (fold) fold.open = true
  box.focus()
}
