/** The steps of the editor. Each is a page with one form. */
export const parts = [
  'scope',
  'time',
  'texts',
  'money',
  'priorities',
  'papers',
  'assessment',
  'rules'
] as const
export type Part = (typeof parts)[number]

export function isPart(value: string): value is Part {
  return (parts as readonly string[]).includes(value)
}

const partOfField: Readonly<Record<string, Part>> = {
  actions: 'scope',
  opens: 'time',
  deadline: 'time',
  departure: 'time',
  title: 'texts',
  text: 'texts',
  applicants: 'texts',
  budget: 'money',
  priorities: 'priorities',
  documents: 'papers',
  contact: 'papers',
  languages: 'papers',
  assessment: 'assessment',
  rules: 'rules'
}

/** The step in which something of the terms is written; undefined for what belongs to none. */
export function partOf(field: string): Part | undefined {
  return partOfField[field.split('.')[0]!]
}
