import { renumbered } from './draft.ts'

type Live = { rowLabel: (number: number) => string; onchange: () => void }

/** Rows of partners come and go without the page being loaded again; the buttons do the same without script. */
export function liveRows(form: HTMLFormElement, { rowLabel, onchange }: Live) {
  const list = form.querySelector<HTMLElement>('.kopa-group-rows')
  const blank = document
    .querySelector<HTMLTemplateElement>('template#blank-partner')
    ?.content.querySelector('li')
  if (!list || !blank) return

  form.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[name=change]')
    if (!button) return
    const [kind] = button.value.split(':')
    const row = button.closest('li')
    if (kind === 'add') list.append(blank.cloneNode(true))
    else if (kind === 'remove' && row) {
      const removed = [...list.children].indexOf(row)
      row.remove()
      forget(list, removed)
    } else return
    event.preventDefault()
    const rows = [...list.children] as HTMLElement[]
    rows.forEach((one, index) => renumber(one, index, rowLabel(index + 1)))
    const next =
      kind === 'add' ? rows.at(-1) : rows[Math.min(Number(button.value.split(':')[2]), rows.length - 1)]
    next?.querySelector<HTMLInputElement>('input')?.focus()
    onchange()
  })

  // A function that the type cannot have is not offered, unless it is chosen.
  form.addEventListener('change', (event) => {
    const select = event.target as HTMLSelectElement
    if (!/^partners\.\d+\.type$/.test(select.name)) return
    for (const field of select.closest('li')?.querySelectorAll<HTMLElement>('[data-could-be]') ?? []) {
      const couldBe = field.dataset.couldBe!.split(' ')
      const chosen = field.querySelector<HTMLInputElement>('input')!.checked
      field.hidden = select.value !== '' && !couldBe.includes(select.value) && !chosen
    }
  })
}

/** Others may speak of partners by number. */
function forget(list: HTMLElement, removed: number) {
  const kept = Array.from({ length: list.children.length + 1 }, (_, index) => index).filter(
    (index) => index !== removed
  )
  for (const input of list.querySelectorAll<HTMLInputElement>('input[name$=".independentOf"]'))
    input.value = renumbered(input.value, kept)
}

/** Ids, names and labels of a row count from 0, what people read from 1. */
function renumber(row: HTMLElement, index: number, label: string) {
  for (const element of [row, ...row.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      const numbered = value.replace(/\bpartners([.-])\d+/g, `partners$1${index}`)
      if (numbered !== value) element.setAttribute(name, numbered)
    }
  }
  const number = row.querySelector('.kopa-group-number')
  if (number) number.textContent = label
  const remove = row.querySelector<HTMLButtonElement>('button[name=change]')
  if (!remove) return
  remove.value = `remove:partners:${index}`
  const said = remove.querySelector('.kopa-hidden')
  if (said) said.textContent = `\u00a0${label}`
}
