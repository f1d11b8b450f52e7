import type { Programmes } from '#server/programmes'

/** The programme after an officer raised the version of the form: the summary moved. */
export function corrected(programmes: Programmes): Programmes {
  const actions = new Map(programmes.programme.actions)
  const files = actions.get('cooperation-partnerships')!
  const form = structuredClone(files.form!)
  form.forms[0]!.version = 2
  const project = form.sections.find((one) => 'use' in one && one.use === 'project') as { without: string[] }
  project.without.push('summary')
  const relevance = form.sections.find((one) => 'id' in one && one.id === 'relevance') as unknown as {
    questions: object[]
  }
  relevance.questions.push({
    kind: 'text',
    limit: 3000,
    id: 'in-short',
    was: 'project.summary',
    ask: { en: 'In short', lv: 'Īsumā' }
  })
  actions.set('cooperation-partnerships', { ...files, form })
  return { ...programmes, programme: { ...programmes.programme, actions } }
}

type Asked = { id: string; was?: string; kind: string }

/** The programme after an officer raised the version of the form again: this is what it asks about relevance now. */
export function relevanceAsked(
  programmes: Programmes,
  change: (questions: Asked[]) => Asked[],
  version = 2
): Programmes {
  const actions = new Map(programmes.programme.actions)
  const files = actions.get('cooperation-partnerships')!
  const form = structuredClone(files.form!)
  form.forms[0]!.version = version
  const relevance = form.sections.find((one) => 'id' in one && one.id === 'relevance') as unknown as {
    questions: Asked[]
  }
  relevance.questions = change(relevance.questions)
  actions.set('cooperation-partnerships', { ...files, form })
  return { ...programmes, programme: { ...programmes.programme, actions } }
}

/** Questions take other ids and say where they were; one whose id another takes and that takes none is asked no more. */
export function renamed(ids: Readonly<Record<string, string>>) {
  return (questions: Asked[]): Asked[] =>
    questions
      .filter(({ id }) => id in ids || !Object.values(ids).includes(id))
      .map((one) => (one.id in ids ? { ...one, id: ids[one.id]!, was: `relevance.${one.id}` } : one))
}
