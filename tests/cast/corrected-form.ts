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
