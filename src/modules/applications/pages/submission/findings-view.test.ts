import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { completeness } from '../../form/completeness.ts'
import { filledWith, jonas, maria } from '../../form/form.fixture.ts'
import { shownSections } from '../../form/shown.ts'
import type { Filled } from '../../form/filled.ts'
import type { Finding } from '../../submission/final-check.ts'
import { formFindings } from '../../submission/form-findings.ts'
import { findingParts, formProgress } from './findings-view.server.ts'

const mandate: Finding = {
  part: 'consortium',
  weight: 'blocks',
  says: { lv: 'Trūkst pilnvaras.', en: 'A mandate is missing.' },
  mend: 'consortium'
}

function partsOf(filled: Filled) {
  const around = {
    code: 'UPE-1',
    language: 'lv' as const,
    progress: completeness(filled),
    participants: filled.participants,
    opens: (id: string) => id === maria
  }
  const findings = [...formFindings(filled, around.progress), mandate].filter(
    ({ weight }) => weight === 'blocks'
  )
  return { parts: findingParts(findings, around), findings }
}

suite('what the final check found', () => {
  test('stands page by page in the order of the form, each organisation’s part by itself; nothing is left out', () => {
    const filled = filledWith({ [`profile@${maria}.background`]: 'Skola pie upes.' })
    const { parts, findings } = partsOf(filled)
    assert.deepEqual(
      parts.map(({ part }) => part),
      ['form', 'consortium']
    )
    const pages = parts[0]!.groups
    assert.deepEqual(
      pages.map(({ id }) => id),
      formPages(filled).filter((path) => pages.some(({ id }) => id === path))
    )
    const jonasPart = pages.find(({ id }) => id === `profile@${jonas}`)!
    assert.equal(jonasPart.of, 'Kauno mokykla')
    assert.match(jonasPart.href ?? '', /^\/lv\/applications\/UPE-1\/sections\/profile\?participant=2222/)
    assert.ok(jonasPart.found.length > pages.find(({ id }) => id === `profile@${maria}`)!.found.length)
    const shown = parts.flatMap(({ groups }) => groups.flatMap(({ found }) => found))
    assert.equal(shown.length, findings.length)
    assert.equal(parts[0]!.count + parts[1]!.count, findings.length)
  })

  test('is said without the page’s name where the page is named above, and leads to the field', () => {
    const { parts } = partsOf(filledWith({ 'project.duration-months': 99 }))
    const page = parts[0]!.groups.find(({ id }) => id === 'project')!
    const months = page.found.find(({ href }) => href.endsWith('#project.duration-months'))!
    assert.match(months.says, /^“.*”: Ne vairāk kā 36\.$/)
    assert.doesNotMatch(months.says, /^project/)
  })

  test('of a rule over several answers it stands on the page of the first of them', () => {
    const given = { 'project.starts-on': '2026-01-01' }
    const { parts } = partsOf(filledWith(given))
    const page = parts[0]!.groups.find(({ id }) => id === 'project')!
    assert.ok(page.found.some(({ says }) => says === 'Starts in autumn (lv)'))
  })
})

test('what another organisation tells of itself leads to its page only for who may open that', () => {
  const told = (id: string): Finding => ({ ...mandate, mend: `consortium/${id}#facts` })
  const around = {
    ...{ code: 'UPE-1', language: 'lv' as const, progress: [], participants: [] },
    opens: (id: string) => id === maria
  }
  const [part] = findingParts([told(maria), told(jonas)], around)
  assert.deepEqual(
    part!.groups[0]!.found.map(({ href }) => href),
    [`/lv/applications/UPE-1/consortium/${maria}#facts`, '/lv/applications/UPE-1/consortium']
  )
})

test('how far the form is counts the answers needed, and sections as all pages count them', () => {
  const filled = filledWith({ 'project.acronym': 'UPE' })
  const { answered, required, done, count } = formProgress(completeness(filled))
  assert.ok(answered === 1 && required > answered && done < count)
  assert.equal(count, new Set(shownSections(filled).map(({ section }) => section.id)).size)
})

function formPages(filled: Filled): string[] {
  return completeness(filled).map(({ path }) => path)
}
